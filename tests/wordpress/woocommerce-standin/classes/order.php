<?php
// Orders: posts of type shop_order.

defined( 'ABSPATH' ) || exit;

class WC_Order extends WC_Data {
	const BILLING = array( 'first_name', 'last_name', 'company', 'address_1', 'address_2', 'city', 'state', 'postcode', 'country', 'email', 'phone' );

	protected $data = array(
		'status'               => 'pending',
		'currency'             => 'EUR',
		'customer_id'          => 0,
		'billing'              => array(),
		'created_via'          => '',
		'order_key'            => '',
		'payment_method'       => '',
		'payment_method_title' => '',
		'transaction_id'       => '',
		'date_created'         => null,
		'date_modified'        => null,
		'date_paid'            => null,
		'date_completed'       => null,
		'lines'                => array(),
	);

	private $transition = null;

	public function get_type() {
		return 'shop_order';
	}
	public function get_status( $context = 'view' ) {
		return $this->data['status'];
	}
	public function has_status( $status ) {
		return in_array( $this->get_status(), (array) $status, true );
	}
	public function get_currency() {
		return $this->data['currency'];
	}
	public function get_customer_id() {
		return (int) $this->data['customer_id'];
	}
	public function get_user_id() {
		return $this->get_customer_id();
	}
	public function get_created_via() {
		return $this->data['created_via'];
	}
	public function get_order_key() {
		return $this->data['order_key'];
	}
	public function key_is_valid( $key ) {
		return hash_equals( $this->get_order_key(), $key );
	}
	public function get_order_number() {
		return (string) $this->id;
	}
	public function get_payment_method() {
		return $this->data['payment_method'];
	}
	public function get_payment_method_title() {
		return $this->data['payment_method_title'];
	}
	public function get_formatted_billing_full_name() {
		return trim( $this->get_billing_first_name() . ' ' . $this->get_billing_last_name() );
	}
	public function get_edit_order_url() {
		return standin_hpos() ? admin_url( 'admin.php?page=wc-orders&action=edit&id=' . $this->id ) : admin_url( 'post.php?post=' . $this->id . '&action=edit' );
	}
	public function get_checkout_payment_url() {
		return home_url( "/checkout/order-pay/{$this->id}/?pay_for_order=true&key={$this->get_order_key()}" );
	}
	public function get_items() {
		$items = array();
		foreach ( $this->data['lines'] as $line ) {
			$items[ $line['id'] ] = new WC_Order_Item_Product( $line );
		}
		return $items;
	}
	public function get_total() {
		return number_format( array_sum( array_column( $this->data['lines'], 'total' ) ) + array_sum( array_column( $this->data['lines'], 'total_tax' ) ), 2, '.', '' );
	}
	public function get_total_tax() {
		return number_format( array_sum( array_column( $this->data['lines'], 'total_tax' ) ), 2, '.', '' );
	}
	public function is_paid() {
		return $this->has_status( wc_get_is_paid_statuses() );
	}
	public function needs_payment() {
		return $this->has_status( array( 'pending', 'failed' ) ) && (float) $this->get_total() > 0;
	}
	public function __call( $name, $args ) {
		if ( preg_match( '/^(get|set)_billing_(\w+)$/', $name, $m ) && in_array( $m[2], self::BILLING, true ) ) {
			if ( 'set' === $m[1] ) {
				$this->data['billing'][ $m[2] ] = (string) $args[0];
			}
			return $this->data['billing'][ $m[2] ] ?? '';
		}
		if ( preg_match( '/^get_(date_\w+)$/', $name, $m ) ) {
			return $this->date( $m[1] );
		}
		if ( preg_match( '/^set_(date_\w+)$/', $name, $m ) ) {
			$this->data[ $m[1] ] = null === $args[0] ? null : ( is_numeric( $args[0] ) ? (int) $args[0] : ( new DateTime( $args[0], wp_timezone() ) )->getTimestamp() );
			return null;
		}
		if ( preg_match( '/^set_(\w+)$/', $name, $m ) && array_key_exists( $m[1], $this->data ) ) {
			$this->data[ $m[1] ] = $args[0];
			return null;
		}
		throw new BadMethodCallException( $name );
	}

	private function date( $which ) {
		if ( null === $this->data[ $which ] ) {
			return null;
		}
		$date = new WC_DateTime( '@' . $this->data[ $which ] );
		$date->setTimezone( wp_timezone() );
		return $date;
	}

	public function add_product( $product, $quantity = 1, $args = array() ) {
		global $wpdb;
		$wpdb->insert( $wpdb->prefix . 'woocommerce_order_items', array( 'order_item_name' => $product->get_name() ) );
		$total                 = isset( $args['total'] ) ? (float) $args['total'] : (float) $product->get_price() * $quantity;
		$subtotal              = isset( $args['subtotal'] ) ? (float) $args['subtotal'] : $total;
		$this->data['lines'][] = array(
			'id'           => (int) $wpdb->insert_id,
			'name'         => $product->get_name(),
			'product_id'   => $product->get_id(),
			'variation_id' => (int) ( $args['variation_id'] ?? 0 ),
			'quantity'     => $quantity,
			'subtotal'     => number_format( $subtotal, 2, '.', '' ),
			'total'        => number_format( $total, 2, '.', '' ),
			'total_tax'    => number_format( $total * 0.2, 2, '.', '' ),
			'sku'          => $product->get_sku(),
		);
		return (int) $wpdb->insert_id;
	}

	public function set_status( $status, $note = '' ) {
		$status = 'wc-' === substr( $status, 0, 3 ) ? substr( $status, 3 ) : $status;
		if ( $status !== $this->data['status'] ) {
			$this->transition = array( $this->transition[0] ?? $this->data['status'], $status );
		}
		$this->data['status'] = $status;
		if ( $this->is_paid() && null === $this->data['date_paid'] ) {
			$this->data['date_paid'] = time();
		}
		if ( 'completed' === $status && null === $this->data['date_completed'] ) {
			$this->data['date_completed'] = time();
		}
	}

	public function update_status( $status, $note = '' ) {
		$this->set_status( $status, $note );
		$this->save();
		return true;
	}

	public function payment_complete( $transaction_id = '' ) {
		do_action( 'woocommerce_pre_payment_complete', $this->id, $transaction_id );
		if ( ! $this->has_status( array( 'on-hold', 'pending', 'failed', 'cancelled' ) ) ) {
			return false;
		}
		$this->set_status( 'processing' );
		$this->save();
		do_action( 'woocommerce_payment_complete', $this->id, $transaction_id );
		return true;
	}

	public function add_order_note( $note, $is_customer_note = 0 ) {
		$user = wp_get_current_user();
		return wp_insert_comment(
			array(
				'comment_post_ID'  => $this->id,
				'comment_author'   => $user->exists() ? $user->display_name : 'WooCommerce',
				'comment_content'  => wp_slash( $note ),
				'comment_type'     => 'order_note',
				'comment_approved' => 1,
				'comment_meta'     => $is_customer_note ? array( 'is_customer_note' => 1 ) : array(),
			)
		);
	}

	public function save_meta_data() {
		$this->save();
	}

	public function save() {
		$new                         = ! $this->id;
		$this->data['date_created']  = $this->data['date_created'] ?? time();
		$this->data['date_modified'] = time();
		$this->data['order_key']     = $this->data['order_key'] ?: 'wc_order_' . wp_generate_password( 13, false );
		$post                        = array(
			'ID'            => $this->id,
			'post_type'     => 'shop_order',
			'post_status'   => 'trash' === $this->data['status'] ? 'trash' : 'wc-' . $this->data['status'],
			'post_title'    => 'Order',
			'post_date'     => wp_date( 'Y-m-d H:i:s', $this->data['date_created'] ),
			'post_date_gmt' => gmdate( 'Y-m-d H:i:s', $this->data['date_created'] ),
		);
		$this->id                    = $new ? wp_insert_post( $post ) : wp_update_post( $post );
		update_post_meta( $this->id, '_created_via', wp_slash( $this->data['created_via'] ) );
		update_post_meta( $this->id, '_customer_user', $this->get_customer_id() );
		$this->write_meta();
		do_action( $new ? 'woocommerce_new_order' : 'woocommerce_update_order', $this->id, $this );
		$this->announce_transition();
		return $this->id;
	}

	private function announce_transition() {
		if ( null === $this->transition ) {
			return;
		}
		list( $from, $to ) = $this->transition;
		$this->transition  = null;
		do_action( 'woocommerce_order_status_' . $to, $this->id, $this );
		do_action( 'woocommerce_order_status_' . $from . '_to_' . $to, $this->id, $this );
		do_action( 'woocommerce_order_status_changed', $this->id, $from, $to, $this );
	}
}
