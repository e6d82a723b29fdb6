<?php
// What orders and products share: a post with properties, and metadata of their own.

defined( 'ABSPATH' ) || exit;

class WC_DateTime extends DateTime {
	public function date( $format ) {
		return gmdate( $format, $this->getTimestamp() + $this->getOffset() );
	}
	public function getOffsetTimestamp() {
		return $this->getTimestamp() + $this->getOffset();
	}
}

abstract class WC_Data {
	const HIDDEN = array( '_standin', '_edit_lock', '_edit_last', '_created_via', '_customer_user' );

	protected $id   = 0;
	protected $data = array();
	protected $meta = array();
	/** Keys to write: WooCommerce writes what changed, so that two objects of one order do not undo each other. */
	private $touched = array();

	public function __construct( $id = 0 ) {
		$this->id = (int) $id;
		if ( $this->id ) {
			$this->read();
		}
	}

	protected function read() {
		$this->data = array_merge( $this->data, (array) json_decode( (string) get_post_meta( $this->id, '_standin', true ), true ) );
		foreach ( (array) get_post_meta( $this->id ) as $key => $values ) {
			if ( ! in_array( $key, self::HIDDEN, true ) ) {
				$this->meta[ $key ] = maybe_unserialize( $values[0] );
			}
		}
	}

	public function get_id() {
		return $this->id;
	}

	public function get_meta( $key, $single = true, $context = 'view' ) {
		return $this->meta[ $key ] ?? ( $single ? '' : array() );
	}

	public function get_meta_data() {
		$all = array();
		foreach ( $this->meta as $key => $value ) {
			$all[] = (object) array(
				'id'    => crc32( $key ) % 100000,
				'key'   => $key,
				'value' => $value,
			);
		}
		return $all;
	}

	public function update_meta_data( $key, $value, $meta_id = 0 ) {
		$this->meta[ $key ]    = $value;
		$this->touched[ $key ] = true;
	}

	public function delete_meta_data( $key ) {
		unset( $this->meta[ $key ] );
		$this->touched[ $key ] = true;
	}

	protected function write_meta() {
		update_post_meta( $this->id, '_standin', wp_slash( wp_json_encode( $this->data ) ) );
		foreach ( array_keys( $this->touched ) as $key ) {
			if ( array_key_exists( $key, $this->meta ) ) {
				update_post_meta( $this->id, $key, wp_slash( $this->meta[ $key ] ) );
			} else {
				delete_post_meta( $this->id, $key );
			}
		}
		$this->touched = array();
	}
}

class WC_Product extends WC_Data {
	protected $data = array(
		'name'  => '',
		'sku'   => '',
		'price' => '0',
	);

	public function get_name() {
		return $this->data['name'];
	}
	public function get_sku() {
		return $this->data['sku'];
	}
	public function get_price() {
		return $this->data['price'];
	}
	public function set_name( $name ) {
		$this->data['name'] = $name;
	}
	public function set_sku( $sku ) {
		$this->data['sku'] = $sku;
	}
	public function set_price( $price ) {
		$this->data['price'] = (string) $price;
	}
	public function save() {
		$post     = array(
			'ID'          => $this->id,
			'post_type'   => 'product',
			'post_status' => 'publish',
			'post_title'  => wp_slash( $this->data['name'] ),
		);
		$this->id = $this->id ? wp_update_post( $post ) : wp_insert_post( $post );
		$this->write_meta();
		return $this->id;
	}
}

class WC_Customer {
	private $id;
	public function __construct( $id ) {
		$this->id = (int) $id;
	}
	public function get_id() {
		return $this->id;
	}
	public function __call( $name, $args ) {
		if ( preg_match( '/^get_(billing_\w+)$/', $name, $m ) ) {
			return (string) get_user_meta( $this->id, $m[1], true );
		}
		if ( preg_match( '/^set_(billing_\w+)$/', $name, $m ) ) {
			update_user_meta( $this->id, $m[1], wp_slash( $args[0] ) );
			return null;
		}
		throw new BadMethodCallException( $name );
	}
	public function save() {
		do_action( 'woocommerce_update_customer', $this->id, $this );
		return $this->id;
	}
}
