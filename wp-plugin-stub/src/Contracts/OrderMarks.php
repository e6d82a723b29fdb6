<?php

namespace Relance\Contracts;

defined( 'ABSPATH' ) || exit;

/**
 * Writes a contract's standing on its latest orders, as metadata: the orders list shows and filters it without a query of its own.
 */
final class OrderMarks {

	/** The same key, with the same words, as the service writes where there is no plugin. */
	const META = '_relance_status';

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'relance_contract_created', array( $this, 'mark' ) );
		add_action( 'relance_contract_updated', array( $this, 'mark' ) );
		add_action( 'relance_status_stored', array( $this, 'mark' ) );
	}

	/**
	 * Marks the orders that say where the contract stands.
	 *
	 * @param Contract $contract The contract, as it is now.
	 */
	public function mark( Contract $contract ): void {
		foreach ( array_unique( array_filter( array( $contract->latest_order_id, $contract->renewal_order_id ) ) ) as $id ) {
			$order = wc_get_order( $id );
			if ( $order instanceof \WC_Order && $order->get_meta( self::META ) !== $contract->standing() ) {
				$order->update_meta_data( self::META, $contract->standing() );
				$order->save();
			}
		}
	}
}
