<?php
// Loads WordPress into the test runner, as a command line would.
$_SERVER['HTTP_HOST']   = parse_url( getenv( 'RELANCE_URL' ), PHP_URL_HOST ) . ':' . parse_url( getenv( 'RELANCE_URL' ), PHP_URL_PORT );
$_SERVER['SERVER_NAME'] = '127.0.0.1';
$_SERVER['REQUEST_URI'] = '/';
if ( class_exists( PHPUnit\Framework\TestCase::class ) ) {
	require_once __DIR__ . '/SiteTestCase.php';
}
foreach ( array( 'Browser', 'Service', 'Shop', 'OAuth' ) as $name ) {
	require_once __DIR__ . '/' . $name . '.php';
}
require_once getenv( 'RELANCE_SITE' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
// PHPUnit has its own way to treat errors; WordPress's own deprecations on this PHP are not what is tested.
error_reporting( E_ALL & ~E_DEPRECATED );
