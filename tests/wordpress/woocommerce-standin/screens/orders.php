<?php
// The orders list and the order screen, in the shape of HPOS; the legacy shape is WordPress's own screens of shop_order.

defined( 'ABSPATH' ) || exit;

add_action(
	'admin_menu',
	static function () {
		add_menu_page( 'WooCommerce', 'WooCommerce', 'edit_shop_orders', 'woocommerce', '__return_null', 'dashicons-cart', '55.5' );
		if ( standin_hpos() ) {
			$hook = add_submenu_page( 'woocommerce', 'Commandes', 'Commandes', 'edit_shop_orders', 'wc-orders', 'standin_orders_screen' );
			add_action( 'load-' . $hook, 'standin_setup_order' );
		}
	}
);

function standin_setup_order() {
	$order = 'edit' === ( $_GET['action'] ?? '' ) ? wc_get_order( (int) $_GET['id'] ) : null;
	if ( $order ) {
		do_action( 'add_meta_boxes', get_current_screen()->id, $order );
		do_action( 'add_meta_boxes_' . get_current_screen()->id, $order );
	} else {
		// Before the page is printed, as WooCommerce does: WordPress asks for the columns once.
		require_once __DIR__ . '/orders-table.php';
		$GLOBALS['standin_orders_table'] = new Standin_Orders_Table( array( 'singular' => 'order', 'plural' => 'orders' ) );
	}
}

function standin_orders_screen() {
	$order = 'edit' === ( $_GET['action'] ?? '' ) ? wc_get_order( (int) $_GET['id'] ) : null;
	echo '<div class="wrap">';
	if ( $order ) {
		printf( '<h1>Commande n° %s</h1><div id="poststuff"><div id="post-body" class="columns-2"><div id="post-body-content"><div class="postbox"><div class="inside"><p><strong>%s</strong><br>%s</p><p>%s · %s</p></div></div></div><div id="postbox-container-1" class="postbox-container">', esc_html( $order->get_order_number() ), esc_html( $order->get_formatted_billing_full_name() ), esc_html( $order->get_billing_email() ), esc_html( wc_get_order_status_name( $order->get_status() ) ), wc_price( $order->get_total() ) );
		do_meta_boxes( get_current_screen(), 'side', $order );
		echo '</div></div></div>';
	} else {
		$table = $GLOBALS['standin_orders_table'];
		$table->prepare_items();
		echo '<h1>Commandes</h1><form method="get"><input type="hidden" name="page" value="wc-orders">';
		$table->display();
		echo '</form>';
	}
	echo '</div>';
}

// WC_Admin_List_Table_Orders: the legacy list shows every status of an order.
add_filter(
	'request',
	static function ( $vars ) {
		if ( is_admin() && 'shop_order' === ( $vars['post_type'] ?? '' ) && empty( $vars['post_status'] ) ) {
			$vars['post_status'] = array_map(
				static function ( $status ) {
					return 'wc-' . $status;
				},
				array_keys( standin_statuses() )
			);
		}
		return $vars;
	}
);
