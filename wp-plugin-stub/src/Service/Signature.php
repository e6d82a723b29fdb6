<?php

namespace Relance\Service;

defined( 'ABSPATH' ) || exit;

/**
 * The signature of WooCommerce's webhooks, which the service verifies: base64 of an HMAC-SHA256 over the raw body.
 */
final class Signature {

	/**
	 * Signs a body.
	 *
	 * @param string $body   The bytes that are sent.
	 * @param string $secret Used as it is.
	 */
	public static function of( string $body, string $secret ): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- base64 is the format of the signature
		return base64_encode( hash_hmac( 'sha256', $body, $secret, true ) );
	}
}
