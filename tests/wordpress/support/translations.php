<?php
// Every string of the plugin is in the catalogue, and in French, with its placeholders; the compiled file says what the text file says.
// phpcs:ignoreFile

$plugin = $argv[1];
$wrong  = array();

// The strings in the code: the first argument of the translating functions, and the second of _n().
$used = array();
foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $plugin . '/src', FilesystemIterator::SKIP_DOTS ) ) as $file ) {
	$tokens = array_values( array_filter( token_get_all( file_get_contents( $file ) ), static function ( $token ) {
		return ! is_array( $token ) || T_WHITESPACE !== $token[0];
	} ) );
	foreach ( $tokens as $i => $token ) {
		if ( ! is_array( $token ) || ! in_array( $token[1], array( '__', '_e', 'esc_html__', 'esc_html_e', 'esc_attr__', '_n' ), true ) || '(' !== $tokens[ $i + 1 ] ) {
			continue;
		}
		$used[] = stripslashes( substr( $tokens[ $i + 2 ][1], 1, -1 ) );
		$domain = '';
		for ( $at = $i + 2, $depth = 1; $depth > 0; $at++ ) {
			$depth += array( '(' => 1, ')' => -1 )[ is_array( $tokens[ $at ] ) ? '' : $tokens[ $at ] ] ?? 0;
			$domain = is_array( $tokens[ $at ] ) && T_CONSTANT_ENCAPSED_STRING === $tokens[ $at ][0] ? trim( $tokens[ $at ][1], "'" ) : $domain;
		}
		if ( 'relance' !== $domain ) {
			$wrong[] = basename( $file ) . ': text domain of "' . end( $used ) . '"';
		}
	}
}

// A catalogue: msgid to msgstr.
$read = static function ( string $path ): array {
	$said = array();
	foreach ( preg_split( '/\n{2,}/', file_get_contents( $path ) ) as $entry ) {
		if ( preg_match( '/^msgid "(.+)"$/m', $entry, $id ) && preg_match( '/^msgstr(?:\[0\])? "(.*)"$/m', $entry, $text ) ) {
			$said[ stripcslashes( $id[1] ) ] = stripcslashes( $text[1] );
		}
	}
	return $said;
};
$template = $read( $plugin . '/languages/relance.pot' );
$french   = $read( $plugin . '/languages/relance-fr_FR.po' );
$compiled = file_get_contents( $plugin . '/languages/relance-fr_FR.mo' );
$header   = unpack( 'V5', $compiled );
foreach ( array_unique( $used ) as $text ) {
	if ( ! isset( $template[ $text ] ) ) {
		$wrong[] = 'not in relance.pot: ' . $text;
	}
	if ( '' === ( $french[ $text ] ?? '' ) ) {
		$wrong[] = 'not in French: ' . $text;
		continue;
	}
	preg_match_all( '/%(\d\$)?[sd]/', $text, $asked );
	preg_match_all( '/%(\d\$)?[sd]/', $french[ $text ], $given );
	sort( $asked[0] );
	sort( $given[0] );
	if ( $asked[0] !== $given[0] ) {
		$wrong[] = 'other placeholders in French: ' . $text;
	}
	if ( false === strpos( $compiled, "\0" . $french[ $text ] . "\0" ) ) {
		$wrong[] = 'not in the compiled file: ' . $text;
	}
}
if ( array_diff( array_keys( $french ), array_keys( $template ) ) || 0x950412de !== $header[1] || $header[3] !== count( $french ) + 1 ) {
	$wrong[] = 'relance.pot, relance-fr_FR.po and relance-fr_FR.mo do not hold the same strings';
}
foreach ( $french as $text ) {
	if ( preg_match( '/ [:;!?»]|« /u', $text ) ) {
		$wrong[] = 'no-break space missing: ' . $text;
	}
}
echo count( array_unique( $used ) ) . " strings\n" . ( $wrong ? implode( "\n", $wrong ) . "\n" : '' );
exit( $wrong || ! $used ? 1 : 0 );
