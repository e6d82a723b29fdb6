<?php

namespace Relance\Service;

use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * What the plugin asks the linked service. Each call is signed and carries its time and a nonce, so that it cannot be played again.
 */
final class Client {

	/**
	 * Asks.
	 *
	 * @param string              $action    state, pause, resume, bulk or unlink.
	 * @param array<string,mixed> $arguments Of the action.
	 * @return array|\WP_Error
	 */
	public static function ask( string $action, array $arguments = array() ) {
		$link = Settings::link();
		if ( ! $link ) {
			return new \WP_Error( 'relance_not_linked', __( 'This shop is not linked to a Relance service.', 'relance' ) );
		}
		return self::signed( $link['service'] . '/plugin/' . rawurlencode( $link['shop_id'] ), array( 'action' => $action ) + $arguments, $link['webhook_secret'] );
	}

	/**
	 * Posts a signed body.
	 *
	 * @param string              $url    Where to.
	 * @param array<string,mixed> $body   Time and nonce are added.
	 * @param string              $secret Signs.
	 * @return array|\WP_Error
	 */
	public static function signed( string $url, array $body, string $secret ) {
		$json = (string) wp_json_encode(
			$body + array(
				'at'    => time(),
				'nonce' => wp_generate_password( 24, false ),
			)
		);
		return Http::post( $url, $json, array( 'X-WC-Webhook-Signature' => Signature::of( $json, $secret ) ) );
	}
}
