<?php

namespace Relance\Service;

defined( 'ABSPATH' ) || exit;

/**
 * The account that the service's key belongs to. It has what the service needs, a password nobody knows, and cannot sign in.
 */
final class ServiceUser {

	const ROLE  = 'relance_service';
	const LOGIN = 'relance-service';

	/**
	 * Webhooks and settings need `manage_woocommerce`; the rest is orders, and products to read.
	 */
	const CAPABILITIES = array(
		'read',
		'manage_woocommerce',
		'read_shop_order',
		'read_private_shop_orders',
		'edit_shop_order',
		'edit_shop_orders',
		'edit_others_shop_orders',
		'edit_private_shop_orders',
		'edit_published_shop_orders',
		'publish_shop_orders',
		'read_private_products',
	);

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_filter( 'authenticate', array( $this, 'refuse_sign_in' ), 100 );
		add_filter( 'allow_password_reset', array( $this, 'refuse_reset' ), 10, 2 );
		add_filter( 'wp_is_application_passwords_available_for_user', array( $this, 'refuse_application_passwords' ), 10, 2 );
	}

	/**
	 * The account, made where it is missing.
	 *
	 * @return int|\WP_Error Its id.
	 */
	public static function ensure() {
		remove_role( self::ROLE );
		add_role( self::ROLE, __( 'Relance service', 'relance' ), array_fill_keys( self::CAPABILITIES, true ) );
		$user = get_user_by( 'login', self::LOGIN );
		if ( $user && self::is_one( $user ) ) {
			return $user->ID;
		}
		return wp_insert_user(
			array(
				// A client may have signed up under this name: an account that somebody is signed in to must not get these rights.
				'user_login'   => $user ? self::LOGIN . '-' . strtolower( wp_generate_password( 8, false ) ) : self::LOGIN,
				'user_pass'    => wp_generate_password( 64 ),
				'display_name' => 'Relance',
				'role'         => self::ROLE,
			)
		);
	}

	/**
	 * Deletes the account, unless somebody gave it another role.
	 *
	 * @param int $id The account.
	 */
	public static function remove( int $id ): void {
		$user = get_userdata( $id );
		if ( $user && self::is_one( $user ) ) {
			require_once ABSPATH . 'wp-admin/includes/user.php';
			wp_delete_user( $id );
			if ( is_multisite() && ! get_blogs_of_user( $id ) ) {
				// In a network the line above only takes the account off this site.
				require_once ABSPATH . 'wp-admin/includes/ms.php';
				wpmu_delete_user( $id );
			}
		}
	}

	/**
	 * A password must never open this account, whoever set one.
	 *
	 * @param \WP_User|\WP_Error|null $user Who signs in.
	 * @return \WP_User|\WP_Error|null
	 */
	public function refuse_sign_in( $user ) {
		return $user instanceof \WP_User && self::is_one( $user )
			? new \WP_Error( 'relance_service_account', __( 'This account belongs to the Relance service; nobody can sign in with it.', 'relance' ) )
			: $user;
	}

	/**
	 * No link by mail either.
	 *
	 * @param bool|\WP_Error $allowed As before.
	 * @param int            $id      Of the user.
	 * @return bool|\WP_Error
	 */
	public function refuse_reset( $allowed, $id ) {
		$user = get_userdata( (int) $id );
		return $user && self::is_one( $user ) ? false : $allowed;
	}

	/**
	 * Its key is WooCommerce's.
	 *
	 * @param bool     $available As before.
	 * @param \WP_User $user      Whose.
	 */
	public function refuse_application_passwords( $available, $user ): bool {
		return $user instanceof \WP_User && self::is_one( $user ) ? false : (bool) $available;
	}

	private static function is_one( \WP_User $user ): bool {
		return array( self::ROLE ) === array_values( $user->roles );
	}
}
