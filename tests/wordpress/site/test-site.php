<?php
/**
 * The test site: calls to loopback are allowed, mails go nowhere, admin pages say how many queries they took.
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
add_action(
	'admin_footer',
	static function () {
		printf( '<!-- queries: %d -->', (int) get_num_queries() );
	},
	9999
);
