<?php
// /checkout/order-pay/ID/: WC_Shortcode_Checkout::order_pay() and WC_Form_Handler::pay_action(), as far as access goes.

defined( 'ABSPATH' ) || exit;

add_action(
	'wp_loaded',
	static function () {
		if ( preg_match( '#^/checkout/order-pay/(\d+)/?$#', (string) wp_parse_url( $_SERVER['REQUEST_URI'] ?? '', PHP_URL_PATH ), $m ) ) {
			standin_order_pay( wc_get_order( (int) $m[1] ) );
			exit;
		}
	},
	30
);

function standin_order_pay( $order ) {
	$key = is_string( $_GET['key'] ?? null ) ? wp_unslash( $_GET['key'] ) : '';
	header( 'Content-Type: text/html; charset=UTF-8' );
	if ( ! $order || ! hash_equals( $order->get_order_key(), $key ) ) {
		echo '<p class="woocommerce-error">Cette commande ne peut pas être payée.</p>';
	} elseif ( ! current_user_can( 'pay_for_order', $order->get_id() ) ) {
		echo '<form class="woocommerce-form-login">Veuillez vous connecter à votre compte.</form>';
	} elseif ( standin_must_verify_email( $order ) ) {
		echo '<form class="woocommerce-verify-email">Veuillez saisir votre e-mail.</form>';
	} elseif ( ! $order->needs_payment() ) {
		echo '<p class="woocommerce-error">Cette commande a déjà été payée ou annulée.</p>';
	} elseif ( isset( $_POST['woocommerce_pay'] ) ) {
		check_admin_referer( 'woocommerce-pay', 'woocommerce-pay-nonce' );
		$order->payment_complete();
		echo '<p class="woocommerce-order-received">Merci.</p>';
	} else {
		echo '<form id="order_review" method="post">';
		wp_nonce_field( 'woocommerce-pay', 'woocommerce-pay-nonce' );
		echo '<button name="woocommerce_pay" value="1">Payer</button></form>';
	}
}

// A guest's order older than ten minutes.
function standin_must_verify_email( WC_Order $order ) {
	$old = $order->get_date_created()->getTimestamp() < time() - 600;
	return apply_filters( 'woocommerce_order_email_verification_required', 0 === $order->get_user_id() && $old, $order, 'order-pay' );
}
