<?php

namespace Relance\Shop;

defined( 'ABSPATH' ) || exit;

/**
 * Who has the key of an order that Relance made (the link in its mails) pays it without signing in or typing an e-mail. No other order.
 */
final class PayWithoutLogin {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_filter( 'user_has_cap', array( $this, 'may_pay' ), 20, 3 );
		add_filter( 'woocommerce_order_email_verification_required', array( $this, 'verify_email' ), 20, 2 );
	}

	/**
	 * Gives `pay_for_order` to the holder of the key.
	 *
	 * @param array $all  What the user may.
	 * @param array $caps What is needed.
	 * @param array $args The capability, the user, the order.
	 */
	public function may_pay( $all, $caps, $args ): array {
		if ( 'pay_for_order' === ( $args[0] ?? '' ) && isset( $args[2] ) && self::holds_key( wc_get_order( $args[2] ) ) ) {
			$all['pay_for_order'] = true;
		}
		return (array) $all;
	}

	/**
	 * The key is proof enough.
	 *
	 * @param bool      $required As before.
	 * @param \WC_Order $order    The order.
	 */
	public function verify_email( $required, $order = null ): bool {
		return self::holds_key( $order ) ? false : (bool) $required;
	}

	/**
	 * Whether this request carries the key of this order, and Relance made it.
	 *
	 * @param mixed $order An order, or none.
	 */
	private static function holds_key( $order ): bool {
		if ( ! $order instanceof \WC_Order || 0 !== strpos( $order->get_created_via(), 'relance:' ) ) {
			return false;
		}
		$key = isset( $_GET['key'] ) && is_string( $_GET['key'] ) ? wp_unslash( $_GET['key'] ) : ''; // phpcs:ignore WordPress.Security -- compared, never printed
		return '' !== $order->get_order_key() && hash_equals( $order->get_order_key(), $key );
	}
}
