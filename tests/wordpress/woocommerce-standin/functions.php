<?php
// Functions of WooCommerce, with its names.

defined( 'ABSPATH' ) || exit;

function wc_get_order( $order = false ) {
	$id = $order instanceof WC_Order ? $order->get_id() : (int) ( is_object( $order ) ? $order->ID : $order );
	return $id && 'shop_order' === get_post_type( $id ) ? new WC_Order( $id ) : false;
}

function wc_create_order( $args = array() ) {
	$order = new WC_Order();
	$order->set_customer_id( $args['customer_id'] ?? 0 );
	$order->set_created_via( $args['created_via'] ?? '' );
	$order->save();
	return $order;
}

function wc_get_orders( $args ) {
	$query = array(
		'post_type'      => 'shop_order',
		'post_status'    => array_map(
			static function ( $status ) {
				return 'wc-' . $status;
			},
			(array) ( $args['status'] ?? array_keys( standin_statuses() ) )
		),
		'posts_per_page' => $args['limit'] ?? 10,
		'paged'          => $args['page'] ?? 1,
		'orderby'        => 'ID',
		'order'          => $args['order'] ?? 'DESC',
		'fields'         => 'ids',
		'meta_query'     => $args['meta_query'] ?? array(),
	);
	if ( isset( $args['customer_id'] ) ) {
		$query['meta_query'][] = array(
			'key'   => '_customer_user',
			'value' => $args['customer_id'],
		);
	}
	if ( preg_match( '/^>=(\d{4}-\d{2}-\d{2})$/', $args['date_created'] ?? '', $m ) ) {
		$query['date_query'] = array(
			'after'     => $m[1],
			'inclusive' => true,
		);
	}
	return array_map( 'wc_get_order', ( new WP_Query( $query ) )->posts );
}

function wc_get_product( $product = false ) {
	$id = $product instanceof WC_Product ? $product->get_id() : (int) $product;
	return $id && 'product' === get_post_type( $id ) ? new WC_Product( $id ) : false;
}

function wc_get_is_paid_statuses() {
	return apply_filters( 'woocommerce_order_is_paid_statuses', array( 'processing', 'completed' ) );
}

function wc_get_order_status_name( $status ) {
	return standin_statuses()[ $status ] ?? $status;
}

function wc_rand_hash() {
	return bin2hex( random_bytes( 20 ) );
}

function wc_api_hash( $data ) {
	return hash_hmac( 'sha256', $data, 'wc-api' );
}

function get_woocommerce_currency() {
	return 'EUR';
}

function wc_get_price_decimals() {
	return 2;
}

function wc_price( $price, $args = array() ) {
	return '<span class="woocommerce-Price-amount amount"><bdi>' . number_format( $price, 2, ',', "\u{00A0}" ) . '&nbsp;<span class="woocommerce-Price-currencySymbol">&euro;</span></bdi></span>';
}

function wc_get_page_permalink( $page ) {
	return 'myaccount' === $page ? get_permalink( get_option( 'woocommerce_myaccount_page_id' ) ) : home_url( '/' );
}

function wc_get_account_endpoint_url( $endpoint ) {
	return 'dashboard' === $endpoint ? wc_get_page_permalink( 'myaccount' ) : trailingslashit( wc_get_page_permalink( 'myaccount' ) ) . $endpoint . '/';
}

function is_account_page() {
	return is_page( (int) get_option( 'woocommerce_myaccount_page_id' ) );
}

function wc_add_notice( $text, $type = 'success' ) {
	$notices   = (array) get_transient( 'standin_notices_' . get_current_user_id() );
	$notices[] = array( $type, $text );
	set_transient( 'standin_notices_' . get_current_user_id(), array_filter( $notices ), 60 );
}

function wc_print_notices() {
	foreach ( array_filter( (array) get_transient( 'standin_notices_' . get_current_user_id() ) ) as $notice ) {
		printf( '<div class="woocommerce-message %s" role="alert">%s</div>', esc_attr( $notice[0] ), wp_kses_post( $notice[1] ) );
	}
	delete_transient( 'standin_notices_' . get_current_user_id() );
}
