<?php
// A line of an order.

defined( 'ABSPATH' ) || exit;

class WC_Order_Item_Product {
	private $line;
	public function __construct( array $line ) {
		$this->line = $line;
	}
	public function get_id() {
		return (int) $this->line['id'];
	}
	public function get_name() {
		return $this->line['name'];
	}
	public function get_product_id() {
		return (int) $this->line['product_id'];
	}
	public function get_variation_id() {
		return (int) ( $this->line['variation_id'] ?? 0 );
	}
	public function get_quantity() {
		return $this->line['quantity'];
	}
	public function get_total() {
		return $this->line['total'];
	}
	public function get_subtotal() {
		return $this->line['subtotal'];
	}
	public function get_total_tax() {
		return $this->line['total_tax'];
	}
	public function get_product() {
		return wc_get_product( $this->get_product_id() );
	}
}
