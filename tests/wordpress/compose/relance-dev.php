<?php
/**
 * Plugin Name: Relance in development
 * Description: Lets this WordPress call Relance on the private network of docker compose. Never on a real site: there Relance has a public https address.
 *
 * WordPress refuses to call private addresses, and ports other than 80, 443 and 8080 (wp_http_validate_url).
 *
 * @package Relance
 */

defined( 'ABSPATH' ) || exit;

add_filter(
	'http_request_host_is_external',
	static function ( $external, $host ) {
		return $external || wp_parse_url( (string) getenv( 'RELANCE_URL' ), PHP_URL_HOST ) === $host;
	},
	10,
	2
);

add_filter(
	'http_allowed_safe_ports',
	static function ( $ports, $host ) {
		$relance = wp_parse_url( (string) getenv( 'RELANCE_URL' ) );
		return isset( $relance['port'] ) && $relance['host'] === $host ? array_merge( $ports, array( $relance['port'] ) ) : $ports;
	},
	10,
	2
);
