<?php

namespace Relance\Service;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce REST keys. `WC_Auth::create_keys` is protected: the row is written as it writes it, the key as a hash.
 */
final class ApiKey {

	/**
	 * Makes a key with read and write rights.
	 *
	 * @param int $user_id Whom it belongs to.
	 * @return array|\WP_Error id, key and secret; the key is nowhere to be read afterwards.
	 */
	public static function create( int $user_id ) {
		global $wpdb;
		$key    = 'ck_' . wc_rand_hash();
		$secret = 'cs_' . wc_rand_hash();
		$made   = $wpdb->insert(
			$wpdb->prefix . 'woocommerce_api_keys',
			array(
				'user_id'         => $user_id,
				'description'     => 'Relance',
				'permissions'     => 'read_write',
				'consumer_key'    => wc_api_hash( $key ),
				'consumer_secret' => $secret,
				'truncated_key'   => substr( $key, -7 ),
			),
			array( '%d', '%s', '%s', '%s', '%s', '%s' )
		);
		if ( ! $made ) {
			return new \WP_Error( 'relance_key', __( 'The WooCommerce key could not be stored.', 'relance' ) );
		}
		return array(
			'id'     => (int) $wpdb->insert_id,
			'key'    => $key,
			'secret' => $secret,
		);
	}

	/**
	 * Revokes a key.
	 *
	 * @param int $id Its id.
	 */
	public static function revoke( int $id ): void {
		global $wpdb;
		$wpdb->delete( $wpdb->prefix . 'woocommerce_api_keys', array( 'key_id' => $id ), array( '%d' ) );
	}

	/**
	 * Whether it is still there: somebody may have revoked it in WooCommerce.
	 *
	 * @param int $id Its id.
	 */
	public static function exists( int $id ): bool {
		global $wpdb;
		return (bool) $wpdb->get_var( $wpdb->prepare( "SELECT key_id FROM {$wpdb->prefix}woocommerce_api_keys WHERE key_id = %d", $id ) );
	}
}
