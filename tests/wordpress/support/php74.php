<?php
// Runs on PHP 7.4 (php74.mjs). Whatever it cannot do there ends the run with an error.
// phpcs:ignoreFile

error_reporting( E_ALL );
set_error_handler(
	static function ( $level, $what, $file, $line ) {
		throw new ErrorException( $what, 0, $level, $file, $line );
	}
);
define( 'ABSPATH', '/' );
define( 'DAY_IN_SECONDS', 86400 );
foreach ( array( 'WP_List_Table', 'WP_Error', 'WP_REST_Request', 'WP_REST_Response', 'WC_Order', 'WC_Order_Item_Product', 'WC_Product', 'WC_Customer' ) as $class ) {
	eval( "class {$class} {}" );
}
require '/plugin/src/Autoloader.php';
Relance\Autoloader::register( '/plugin/src' );

// What the newer PHP of this machine has as functions, and 7.4 has not.
$newer = array_filter(
	json_decode( file_get_contents( '/functions.json' ), true ),
	static function ( $name ) {
		return ! function_exists( $name );
	}
);
$files = 0;
foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( '/plugin', FilesystemIterator::SKIP_DOTS ) ) as $file ) {
	++$files;
	foreach ( token_get_all( file_get_contents( $file ) ) as $token ) {
		if ( is_array( $token ) && T_STRING === $token[0] && in_array( strtolower( $token[1] ), $newer, true ) ) {
			throw new LogicException( "{$file}:{$token[2]}: {$token[1]}() is not in PHP 7.4" );
		}
	}
	if ( 0 === strpos( $file, '/plugin/src/' ) ) {
		$name = 'Relance\\' . str_replace( '/', '\\', substr( $file, 12, -4 ) );
		if ( ! class_exists( $name ) ) {
			throw new LogicException( "{$name} is not in {$file}" );
		}
	} else {
		// Compiled, not run: these two need WordPress.
		eval( 'return; ?>' . file_get_contents( $file ) );
	}
}

$checks = 0;
$same   = static function ( $expected, $got ) use ( &$checks ) {
	++$checks;
	if ( $expected !== $got ) {
		throw new LogicException( 'expected ' . var_export( $expected, true ) . ', got ' . var_export( $got, true ) );
	}
};
$same( '2027-02-28', Relance\Dates::plus_months( '2027-01-31', 1 ) );
$same( '2028-02-29', Relance\Dates::plus_months( '2027-01-31', 13 ) );
$same( '2026-12-31', Relance\Dates::plus_days( '2027-01-01', -1 ) );
$same( array( true, false, false, false ), array_map( array( Relance\Dates::class, 'is_date' ), array( '2028-02-29', '2027-02-29', "2027-01-01\n", array( 'x' ) ) ) );
$same( array( '2027-01-31', '2028-01-30' ), Relance\Contracts\Term::nth( '2026-01-31', 12, 2 ) );
$same( array( 'P2M', null, null ), array_map( array( Relance\Contracts\Clauses::class, 'notice' ), array( ' p2m ', 'P0M', 'two months' ) ) );
$same( '2026-11-21 21:34:18', Relance\Contracts\Listing::instant( '2026-11-21T21:34:18', true ) );
$same( '2026-11-21 20:34:18', Relance\Contracts\Listing::instant( '2026-11-21T21:34:18+01:00', true ) );
$same( 'dzJZAsrKgS3CWXM6rNBGtzgXNyx3e42VtAJkdHRRbhM=', Relance\Service\Signature::of( '{}', 'secret' ) );
$row = array_fill_keys( array( 'id', 'status', 'customer_id', 'order_id', 'order_item_id', 'sequence', 'latest_order_id', 'renewal_order_id', 'product_id', 'variation_id', 'months', 'term_no', 'status_rev', 'standing', 'billing' ), '1' );
$one = new Relance\Contracts\Contract( array( 'status' => 'active', 'standing' => 'grace', 'concluded_online' => null, 'relance' => '{"next":{"label":"Rappel","on":["x"]},"timeline":[1]}' ) + $row );
$same( array( 1, 'grace', true, 'Rappel', '', array() ), array( $one->id, $one->standing(), $one->is_open(), $one->next()['label'], $one->next()['on'], $one->timeline() ) );
echo 'PHP ' . PHP_VERSION . ": {$files} files, {$checks} checks\n";
