<?php
// Installs the test site: French, Paris, pretty permalinks, WooCommerce's stand-in and the plugin active.
define( 'WP_INSTALLING', true );
$_SERVER['HTTP_HOST']   = parse_url( getenv( 'RELANCE_URL' ), PHP_URL_HOST );
$_SERVER['SERVER_NAME'] = $_SERVER['HTTP_HOST'];
require getenv( 'RELANCE_SITE' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
wp_install( 'Agence Exemple', 'admin', 'admin@agence.example', true, '', 'admin', 'fr_FR' );
update_option( 'timezone_string', 'Europe/Paris' );
update_option( 'date_format', 'j F Y' );
update_option( 'time_format', 'H:i' );
update_option( 'permalink_structure', '/%postname%/' );
switch_theme( 'twentytwentythree' );
foreach ( array( 'woocommerce/woocommerce.php', 'relance/relance.php' ) as $plugin ) {
	$error = activate_plugin( $plugin );
	if ( is_wp_error( $error ) ) {
		fwrite( STDERR, $plugin . ': ' . $error->get_error_message() . "\n" );
		exit( 1 );
	}
}
foreach ( array( 'boss' => 'shop_manager', 'jeanne' => 'customer', 'paul' => 'customer' ) as $login => $role ) {
	wp_insert_user( array( 'user_login' => $login, 'user_pass' => $login, 'user_email' => $login . '@client.example', 'role' => $role, 'display_name' => ucfirst( $login ) ) );
}
$GLOBALS['wp_rewrite']->init();
flush_rewrite_rules( false );
update_option( 'relance_flush_rewrites', '1' );
