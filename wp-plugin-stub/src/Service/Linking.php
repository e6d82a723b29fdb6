<?php

namespace Relance\Service;

use Relance\Contracts\Repository;
use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Links this shop to a service by a one-time code, and undoes it. A link that fails leaves nothing behind.
 */
final class Linking {

	/** The service calls the shop back before it answers. */
	const TIMEOUT = 60;

	/**
	 * Links.
	 *
	 * @param string $service Address of the service.
	 * @param string $code    As `relance shop invite` shows it.
	 * @return true|\WP_Error
	 */
	public static function link( string $service, string $code ) {
		$service = Http::address( $service );
		$code    = self::code( $code );
		foreach ( array( $service, $code ) as $part ) {
			if ( is_wp_error( $part ) ) {
				return $part;
			}
		}
		if ( Settings::link() ) {
			return new \WP_Error( 'relance_linked', __( 'This shop is linked already. Unlink it first.', 'relance' ) );
		}
		$user = ServiceUser::ensure();
		$key  = is_wp_error( $user ) ? $user : ApiKey::create( $user );
		if ( is_wp_error( $key ) ) {
			return $key;
		}
		$answer = self::hand_over( $service, $code, $key );
		if ( is_wp_error( $answer ) ) {
			ApiKey::revoke( $key['id'] );
			ServiceUser::remove( $user );
			return $answer;
		}
		self::store( $service, $user, $key['id'], $answer );
		return true;
	}

	/**
	 * Unlinks: the service is told, then its key, account and webhooks go. Locally this happens even if the service does not answer.
	 *
	 * @return true|\WP_Error The error says that the service was not told.
	 */
	public static function unlink() {
		$link = Settings::link();
		if ( ! $link ) {
			return new \WP_Error( 'relance_not_linked', __( 'This shop is not linked to a Relance service.', 'relance' ) );
		}
		$told = Client::ask( 'unlink' );
		self::forget( $link );
		return is_wp_error( $told ) ? $told : true;
	}

	/**
	 * Removes the service's key, its account, its webhooks and the link.
	 *
	 * @param array $link As stored.
	 */
	public static function forget( array $link ): void {
		global $wpdb;
		$keys = $wpdb->prefix . 'woocommerce_api_keys';
		if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $keys ) ) ) === $keys ) {
			ApiKey::revoke( (int) $link['key_id'] );
		}
		ServiceUser::remove( (int) $link['user_id'] );
		if ( class_exists( 'WC_Data_Store' ) && function_exists( 'wc_get_webhook' ) ) {
			foreach ( \WC_Data_Store::load( 'webhook' )->get_webhooks_ids() as $id ) {
				$webhook = wc_get_webhook( $id );
				// They would go on delivering orders to a service that has no business with this shop any more.
				if ( $webhook && $webhook->get_delivery_url() === $link['webhook_url'] ) {
					$webhook->delete( true );
				}
			}
		}
		Webhooks::forget();
		delete_option( Settings::LINK );
		delete_option( Settings::SERVICE_STATE );
		delete_option( Settings::ERRORS );
	}

	/**
	 * Asks the service how the link is, and keeps the answer for the settings page.
	 *
	 * @return array|\WP_Error
	 */
	public static function check() {
		$state = Client::ask( 'state' );
		if ( is_wp_error( $state ) ) {
			Settings::note_error( $state->get_error_message() );
			return $state;
		}
		$link = Settings::link();
		Settings::put( Settings::SERVICE_STATE, $state + array( 'asked_at' => time() ) );
		Settings::put(
			Settings::LINK,
			array(
				'mode' => (string) ( $state['mode'] ?? $link['mode'] ),
				'test' => (bool) ( $state['test'] ?? $link['test'] ),
			) + $link
		);
		return $state;
	}

	/**
	 * A code as typed: upper case, twelve letters or digits.
	 *
	 * @param string $typed What somebody typed.
	 * @return string|\WP_Error
	 */
	public static function code( string $typed ) {
		$code = preg_replace( '/[\s-]+/', '', strtoupper( $typed ) );
		return preg_match( '/^[A-Z0-9]{12}$/', (string) $code )
			? implode( '-', str_split( $code, 4 ) )
			: new \WP_Error( 'relance_code', __( 'Link code: expected twelve letters and digits, such as ABCD-EFGH-JKMN.', 'relance' ) );
	}

	private static function hand_over( string $service, string $code, array $key ) {
		$answer = Http::post(
			$service . '/plugin/link',
			(string) wp_json_encode(
				array(
					'code'            => $code,
					'url'             => home_url(),
					'consumer_key'    => $key['key'],
					'consumer_secret' => $key['secret'],
					'plugin_version'  => RELANCE_VERSION,
					'wordpress'       => get_bloginfo( 'version' ),
					'woocommerce'     => defined( 'WC_VERSION' ) ? WC_VERSION : '',
				)
			),
			array(),
			self::TIMEOUT
		);
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		foreach ( array( 'shop_id', 'webhook_url', 'webhook_secret' ) as $field ) {
			if ( ! is_string( $answer[ $field ] ?? null ) || '' === $answer[ $field ] ) {
				/* translators: %s: the name of a field */
				return new \WP_Error( 'relance_answer', sprintf( __( 'This is no Relance service: its answer has no %s.', 'relance' ), $field ) );
			}
		}
		return $answer;
	}

	private static function store( string $service, int $user_id, int $key_id, array $answer ): void {
		Repository::forget_revisions();
		Settings::put(
			Settings::LINK,
			array(
				'service'         => $service,
				'shop_id'         => $answer['shop_id'],
				'webhook_url'     => $answer['webhook_url'],
				'webhook_secret'  => $answer['webhook_secret'],
				'mode'            => (string) ( $answer['mode'] ?? 'dry' ),
				'test'            => (bool) ( $answer['test'] ?? false ),
				'service_version' => (string) ( $answer['service_version'] ?? '' ),
				'user_id'         => $user_id,
				'key_id'          => $key_id,
				'linked_at'       => time(),
			)
		);
		delete_option( Settings::ERRORS );
	}
}
