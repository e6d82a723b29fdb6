<?php
// PHP's own server as a web server with pretty permalinks.
$path = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
$root = getenv( 'RELANCE_SITE' );
$file = $root . $path;
if ( is_dir( $file ) && '/' === substr( $path, -1 ) && is_file( $file . 'index.php' ) && '/' !== $path ) {
	$file .= 'index.php';
	$path .= 'index.php';
}
if ( '/' !== $path && is_file( $file ) && '.php' !== substr( $file, -4 ) ) {
	return false;
}
$script                     = '/' !== $path && is_file( $file ) ? $path : '/index.php';
$_SERVER['SCRIPT_NAME']     = $script;
$_SERVER['PHP_SELF']        = $script;
$_SERVER['SCRIPT_FILENAME'] = $root . $script;
// The path info that PHP's server guesses would become part of WordPress's request.
unset( $_SERVER['PATH_INFO'] );
chdir( dirname( $root . $script ) );
require $root . $script;
