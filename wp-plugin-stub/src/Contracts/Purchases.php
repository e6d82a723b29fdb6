<?php

namespace Relance\Contracts;

use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * A paid order opens contracts, or renews one. Whatever happens twice (processing, then completed) counts once.
 */
final class Purchases {

	/** The order meta by which the service says which contract an order of its own renews. */
	const META_CONTRACT = '_relance_contract';

	/** What an order has done here: `renews:12:2`, or `ambiguous`. */
	const META_DONE = '_relance_done';

	/** What takes a payment back. */
	const WITHDRAWN = array( 'cancelled', 'refunded', 'failed' );

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'woocommerce_order_status_changed', array( $this, 'on_status' ), 20, 4 );
		add_action( 'woocommerce_payment_complete', array( $this, 'on_paid' ), 20 );
	}

	/**
	 * An order's status changed.
	 *
	 * @param int            $order_id The order.
	 * @param string         $from     Old status.
	 * @param string         $to       New status.
	 * @param \WC_Order|null $order    The order.
	 */
	public function on_status( $order_id, $from, $to, $order = null ): void {
		$order = $order instanceof \WC_Order ? $order : wc_get_order( $order_id );
		if ( ! $order instanceof \WC_Order ) {
			return;
		}
		if ( in_array( $to, wc_get_is_paid_statuses(), true ) ) {
			if ( in_array( $from, self::WITHDRAWN, true ) ) {
				self::restored( $order );
			}
			self::paid( $order );
		} elseif ( in_array( $to, self::WITHDRAWN, true ) ) {
			self::withdrawn( $order );
		}
	}

	/**
	 * An order was paid.
	 *
	 * @param int $order_id The order.
	 */
	public function on_paid( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( $order instanceof \WC_Order && $order->is_paid() ) {
			self::paid( $order );
		}
	}

	/**
	 * Opens or renews what a paid order is for.
	 *
	 * @param \WC_Order $order A paid order.
	 * @return int How many contracts were opened or renewed.
	 */
	public static function paid( \WC_Order $order ): int {
		if ( '' !== (string) $order->get_meta( self::META_DONE ) ) {
			return 0;
		}
		if ( preg_match( '/^relance:.+:(\d+)$/', $order->get_created_via(), $term ) ) {
			// An order that the service made renews its contract, and nothing else.
			$contract = Repository::find( (int) $order->get_meta( self::META_CONTRACT ) );
			return $contract && self::is_for( $order, $contract ) ? self::renew( $order, $contract, (int) $term[1] ) : 0;
		}
		if ( function_exists( 'wcs_order_contains_subscription' ) && wcs_order_contains_subscription( $order, 'any' ) ) {
			return 0; // One sale belongs to one source: WooCommerce Subscriptions comes first.
		}
		$done = 0;
		foreach ( $order->get_items() as $item ) {
			$clauses = $item instanceof \WC_Order_Item_Product ? Clauses::of( wc_get_product( $item->get_product_id() ) ) : null;
			$done   += $clauses ? self::sold( $order, $item, $clauses ) : 0;
		}
		return $done;
	}

	private static function sold( \WC_Order $order, \WC_Order_Item_Product $item, array $clauses ): int {
		if ( ! Repository::of_item( $item->get_id() ) ) {
			if ( Matching::has_renewed( $order, $item ) ) {
				return 0;
			}
			$matches = Matching::renewable( $order, $item, self::paid_on( $order ) );
			if ( 1 === count( $matches ) && 1 === (int) $item->get_quantity() ) {
				return self::renew( $order, $matches[0], $matches[0]->term_no + 1 );
			}
			if ( $matches ) {
				return self::ambiguous( $order, $matches );
			}
		}
		$made     = 0;
		$quantity = max( 1, (int) ceil( (float) $item->get_quantity() ) );
		for ( $sequence = 1; $sequence <= $quantity; $sequence++ ) {
			$made += Repository::open( self::opening( $order, $item, $clauses, $sequence, $quantity ) ) ? 1 : 0;
		}
		return $made;
	}

	private static function opening( \WC_Order $order, \WC_Order_Item_Product $item, array $clauses, int $sequence, int $quantity ): array {
		$start             = self::paid_on( $order );
		list( , $end )     = Term::nth( $start, $clauses['months'], 1 );
		$product           = $item->get_product();
		$at_the_checkout   = in_array( $order->get_created_via(), array( 'checkout', 'store-api' ), true );
		return $clauses + array(
			'customer_id'      => $order->get_customer_id(),
			'billing'          => ClientDetails::of_order( $order ),
			'order_id'         => $order->get_id(),
			'order_item_id'    => $item->get_id(),
			'sequence'         => $sequence,
			'latest_order_id'  => $order->get_id(),
			'product_id'       => $item->get_product_id(),
			'variation_id'     => $item->get_variation_id(),
			'sku'              => $product ? (string) $product->get_sku() : '',
			'concluded_online' => $at_the_checkout ? 1 : null,
			'first_start'      => $start,
			'term_start'       => $start,
			'term_end'         => $end,
			'price'            => self::price( $item, $quantity ),
			'currency'         => $order->get_currency(),
		);
	}

	private static function renew( \WC_Order $order, Contract $contract, int $term_no ): int {
		if ( ! $contract->is_open() || $term_no <= $contract->term_no ) {
			return 0; // The service decides what money after the end, or for a term that is paid, means.
		}
		$now = Repository::change(
			$contract,
			Term::following( $contract, $term_no ) + array(
				'latest_order_id'  => $order->get_id(),
				'renewal_order_id' => 0,
				'billing'          => ClientDetails::of_order( $order ),
			)
		);
		if ( $now->latest_order_id !== $order->get_id() ) {
			return 0;
		}
		self::done( $order, "renews:{$contract->id}:{$term_no}" );
		return 1;
	}

	private static function ambiguous( \WC_Order $order, array $matches ): int {
		$numbers = array_map(
			static function ( Contract $contract ) {
				return $contract->number();
			},
			$matches
		);
		/* translators: %s: numbers of contracts, separated by commas */
		$order->add_order_note( sprintf( __( 'Relance: this purchase may renew several contracts (%s). None was renewed; please decide in Relance.', 'relance' ), implode( ', ', $numbers ) ) );
		self::done( $order, 'ambiguous' );
		return 0;
	}

	// An order that was cancelled by mistake is paid all the same: so is what it had opened.
	private static function restored( \WC_Order $order ): void {
		foreach ( Repository::of_order( $order->get_id() ) as $contract ) {
			if ( $contract->order_id === $order->get_id() && 1 === $contract->term_no && 'cancelled' === $contract->status ) {
				Repository::change( $contract, Contract::GOES_ON );
			}
		}
	}

	private static function withdrawn( \WC_Order $order ): void {
		foreach ( Repository::of_order( $order->get_id() ) as $contract ) {
			// The order of a later term is withdrawn by the service, which knows what it renewed.
			if ( $contract->order_id === $order->get_id() && 1 === $contract->term_no && 'active' === $contract->status ) {
				Repository::change(
					$contract,
					array(
						'status'   => 'cancelled',
						'ended_at' => Dates::now_gmt(),
					)
				);
			}
		}
	}

	private static function done( \WC_Order $order, string $what ): void {
		$order->update_meta_data( self::META_DONE, $what );
		$order->save();
	}

	private static function is_for( \WC_Order $order, Contract $contract ): bool {
		return $contract->customer_id > 0
			? $order->get_customer_id() === $contract->customer_id
			: Repository::email( $order->get_billing_email() ) === $contract->email;
	}

	private static function paid_on( \WC_Order $order ): string {
		$paid = $order->get_date_paid();
		return $paid ? $paid->date( 'Y-m-d' ) : Dates::today();
	}

	private static function price( \WC_Order_Item_Product $item, int $quantity ): string {
		return number_format( ( (float) $item->get_total() + (float) $item->get_total_tax() ) / $quantity, 4, '.', '' );
	}
}
