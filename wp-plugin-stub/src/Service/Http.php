<?php

namespace Relance\Service;

defined( 'ABSPATH' ) || exit;

/**
 * Calls to the service. WordPress's safe functions refuse private addresses; redirects are never followed.
 */
final class Http {

	const TIMEOUT = 15;

	/**
	 * The address of a service as stored, without a closing slash.
	 *
	 * @param string $typed What somebody typed.
	 * @return string|\WP_Error
	 */
	public static function address( string $typed ) {
		$url   = untrailingslashit( trim( $typed ) );
		$parts = wp_parse_url( $url );
		if ( ! is_array( $parts ) || empty( $parts['host'] ) || ! in_array( $parts['scheme'] ?? '', array( 'http', 'https' ), true ) || isset( $parts['user'] ) || isset( $parts['query'] ) || isset( $parts['fragment'] ) ) {
			return new \WP_Error( 'relance_address', __( 'Address of the service: expected something like https://relance.example.', 'relance' ) );
		}
		if ( 'https' !== $parts['scheme'] && ! in_array( wp_get_environment_type(), array( 'local', 'development' ), true ) ) {
			return new \WP_Error( 'relance_address', __( 'Address of the service: expected https, because keys travel there.', 'relance' ) );
		}
		return $url;
	}

	/**
	 * Posts JSON.
	 *
	 * @param string   $url     Where to.
	 * @param string   $body    The bytes.
	 * @param string[] $headers Besides the content type.
	 * @param int      $timeout Seconds.
	 * @return array|\WP_Error The decoded answer (empty where there is none), or what went wrong.
	 */
	public static function post( string $url, string $body, array $headers = array(), int $timeout = self::TIMEOUT ) {
		$answer = wp_safe_remote_post(
			$url,
			array(
				'timeout'             => $timeout,
				'redirection'         => 0,
				'limit_response_size' => 1024 * 1024,
				'user-agent'          => 'Relance/' . RELANCE_VERSION . ' (WordPress/' . get_bloginfo( 'version' ) . ')',
				'headers'             => array(
					'Content-Type' => 'application/json',
					'Accept'       => 'application/json',
				) + $headers,
				'body'                => $body,
			)
		);
		if ( is_wp_error( $answer ) ) {
			/* translators: %s: the reason, from the network */
			return new \WP_Error( 'relance_unreachable', sprintf( __( 'The service does not answer: %s', 'relance' ), $answer->get_error_message() ), array( 'status' => 0 ) );
		}
		return self::read( (int) wp_remote_retrieve_response_code( $answer ), (string) wp_remote_retrieve_body( $answer ) );
	}

	private static function read( int $code, string $body ) {
		$json = json_decode( $body, true );
		if ( $code >= 200 && $code < 300 ) {
			return is_array( $json ) ? $json : array();
		}
		$why = is_array( $json ) ? (string) ( $json['detail'] ?? $json['title'] ?? '' ) : '';
		if ( '' === $why ) {
			/* translators: %d: an HTTP status such as 502 */
			$why = sprintf( __( 'The service answered with status %d.', 'relance' ), $code );
		}
		return new \WP_Error( 'relance_refused', wp_strip_all_tags( $why ), array( 'status' => $code ) );
	}
}
