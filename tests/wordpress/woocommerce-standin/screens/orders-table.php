<?php
// Internal\Admin\Orders\ListTable: its hooks, and five columns.

defined( 'ABSPATH' ) || exit;

class Standin_Orders_Table extends WP_List_Table {
	public function get_columns() {
		return array( 'order_number' => 'Commande', 'order_date' => 'Date', 'order_status' => 'État', 'order_total' => 'Total' );
	}

	public function prepare_items() {
		$args        = array( 'limit' => 20, 'page' => $this->get_pagenum(), 'meta_query' => array() );
		$args        = apply_filters( 'woocommerce_order_list_table_prepare_items_query_args', $args );
		$this->items = wc_get_orders( apply_filters( 'woocommerce_shop_order_list_table_prepare_items_query_args', $args ) );
	}

	protected function extra_tablenav( $which ) {
		if ( 'top' === $which ) {
			echo '<div class="alignleft actions">';
			do_action( 'woocommerce_order_list_table_restrict_manage_orders', 'shop_order', $which );
			echo '<button class="button">Filtrer</button></div>';
		}
	}

	public function column_order_number( $order ) {
		return sprintf( '<a href="%s"><strong>#%s %s</strong></a>', esc_url( $order->get_edit_order_url() ), esc_html( $order->get_order_number() ), esc_html( $order->get_formatted_billing_full_name() ) );
	}

	public function column_default( $order, $column ) {
		switch ( $column ) {
			case 'order_date':
				return esc_html( $order->get_date_created()->date( 'd/m/Y' ) );
			case 'order_status':
				return esc_html( wc_get_order_status_name( $order->get_status() ) );
			case 'order_total':
				return wc_price( $order->get_total() );
		}
		do_action( 'manage_' . $this->screen->id . '_custom_column', $column, $order );
		return '';
	}
}
