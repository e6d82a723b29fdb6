<?php

namespace Relance\Contracts;

use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * Which contracts a purchase may renew: same client, same product, paid between 60 days before the end and 30 days after it.
 */
final class Matching {

	const BEFORE = 60;
	const AFTER  = 30;

	/**
	 * The contracts that may be meant.
	 *
	 * @param \WC_Order              $order   A paid order.
	 * @param \WC_Order_Item_Product $item    One of its lines.
	 * @param string                 $paid_on Local date of the payment.
	 * @return Contract[]
	 */
	public static function renewable( \WC_Order $order, \WC_Order_Item_Product $item, string $paid_on ): array {
		$found = Repository::of_product( $order->get_customer_id(), $order->get_billing_email(), $item->get_product_id() );
		return array_values(
			array_filter(
				$found,
				static function ( Contract $contract ) use ( $paid_on ) {
					return $contract->is_open()
						&& $paid_on >= Dates::plus_days( $contract->term_end, -self::BEFORE )
						&& $paid_on <= Dates::plus_days( $contract->term_end, self::AFTER );
				}
			)
		);
	}

	/**
	 * Whether this line of the order has renewed a contract already. Two calls about one payment may run at once, each with the order as
	 * it was: the second must not open what the first has renewed.
	 *
	 * @param \WC_Order              $order A paid order.
	 * @param \WC_Order_Item_Product $item  One of its lines.
	 */
	public static function has_renewed( \WC_Order $order, \WC_Order_Item_Product $item ): bool {
		$before = 0;
		foreach ( $order->get_items() as $line ) {
			if ( $line->get_id() === $item->get_id() ) {
				break;
			}
			$before += $line instanceof \WC_Order_Item_Product && $line->get_product_id() === $item->get_product_id() ? 1 : 0;
		}
		$renewed = array_filter(
			Repository::of_order( $order->get_id() ),
			static function ( Contract $contract ) use ( $order, $item ) {
				return $contract->latest_order_id === $order->get_id() && $contract->order_id !== $order->get_id() && $contract->product_id === $item->get_product_id();
			}
		);
		return count( $renewed ) > $before;
	}
}
