<?php

namespace Relance\Contracts;

defined( 'ABSPATH' ) || exit;

/**
 * Whom a contract is with. A client who changes the address in the account is written to at the new one.
 */
final class ClientDetails {

	const FIELDS = array( 'first_name', 'last_name', 'company', 'address_1', 'address_2', 'postcode', 'city', 'country', 'email', 'phone' );

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'woocommerce_update_customer', array( $this, 'on_customer' ), 20, 2 );
		add_action( 'woocommerce_customer_save_address', array( $this, 'on_customer' ), 20 );
		add_action( 'deleted_user', array( $this, 'on_deleted' ), 20 );
	}

	/**
	 * An account is gone: its contracts are a guest's from now on, as WooCommerce makes its orders. A renewal order for an account that
	 * is not there could not be made.
	 *
	 * @param int $user_id WordPress user.
	 */
	public function on_deleted( $user_id ): void {
		foreach ( Repository::of_customer( (int) $user_id ) as $contract ) {
			Repository::change( $contract, array( 'customer_id' => 0 ) );
		}
	}

	/**
	 * The billing details of an order.
	 *
	 * @param \WC_Order|\WC_Customer $source Both have the same getters.
	 * @return string[]
	 */
	public static function of_order( $source ): array {
		$billing = array();
		foreach ( self::FIELDS as $field ) {
			$billing[ $field ] = (string) $source->{"get_billing_{$field}"}();
		}
		return $billing;
	}

	/**
	 * A client's details changed.
	 *
	 * @param int               $customer_id WordPress user.
	 * @param \WC_Customer|mixed $customer    The customer, where the hook gives it.
	 */
	public function on_customer( $customer_id, $customer = null ): void {
		$contracts = Repository::of_customer( (int) $customer_id );
		if ( ! $contracts ) {
			return;
		}
		$billing = self::of_order( $customer instanceof \WC_Customer ? $customer : new \WC_Customer( (int) $customer_id ) );
		if ( '' === $billing['email'] ) {
			return; // An account without a billing address says nothing about the contract's.
		}
		foreach ( $contracts as $contract ) {
			if ( array_merge( $contract->billing, $billing ) != $contract->billing ) { // phpcs:ignore -- the order of the fields means nothing
				Repository::change( $contract, array( 'billing' => $billing ) );
			}
		}
	}
}
