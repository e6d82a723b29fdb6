<?php
/**
 * The test site: calls to loopback are allowed, mails go nowhere, anybody may look as anybody, admin pages say how many queries they took.
 *
 * @package Relance\Tests
 */

add_filter( 'http_request_host_is_external', '__return_true' );
add_filter(
	'http_allowed_safe_ports',
	static function ( $ports, $host, $url ) {
		return array_merge( $ports, array( (int) wp_parse_url( $url, PHP_URL_PORT ) ) );
	},
	10,
	3
);
add_filter( 'pre_wp_mail', '__return_true' );
// A browser that only takes pictures cannot fill in the login form: the address says who looks.
add_action(
	'init',
	static function () {
		$login = is_string( $_GET['_look_as'] ?? null ) ? get_user_by( 'login', $_GET['_look_as'] ) : false;
		if ( $login ) {
			wp_set_auth_cookie( $login->ID );
			wp_safe_redirect( remove_query_arg( '_look_as' ) );
			exit;
		}
	},
	1
);
add_action(
	'admin_footer',
	static function () {
		printf( '<!-- queries: %d -->', (int) get_num_queries() );
	},
	9999
);
