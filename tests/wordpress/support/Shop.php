<?php

use Relance\Contracts\Clauses;
use Relance\Contracts\Contract;
use Relance\Contracts\Repository;

/**
 * Named states of the shop.
 */
final class Shop {

	public static function user( string $login ): int {
		return get_user_by( 'login', $login )->ID;
	}

	/** A maintenance product; 290 € without VAT, 348 € with it. */
	public static function product( array $meta = array(), string $name = 'Maintenance Essentielle' ): WC_Product {
		$product = new WC_Product();
		$product->set_name( $name );
		$product->set_price( '290' );
		$product->set_sku( 'MNT-ESS' );
		foreach ( $meta + array( Clauses::ENABLED => 'yes', Clauses::MONTHS => '12', Clauses::PLAN => 'Essentielle' ) as $key => $value ) {
			$product->update_meta_data( $key, $value );
		}
		$product->save();
		return $product;
	}

	/** An order that is not paid yet. */
	public static function order( WC_Product $product, string $login = 'jeanne', array $more = array() ): WC_Order {
		$order = new WC_Order();
		$order->set_customer_id( '' === $login ? 0 : self::user( $login ) );
		$order->set_created_via( $more['via'] ?? 'checkout' );
		$names = array( 'first_name' => ucfirst( $login ?: 'Guest' ), 'last_name' => 'Lefèvre', 'city' => 'Lyon', 'country' => 'FR', 'email' => $more['email'] ?? ( ( $login ?: 'guest' ) . '@client.example' ) );
		foreach ( $names as $name => $value ) {
			$order->{"set_billing_{$name}"}( $value );
		}
		foreach ( $more['meta'] ?? array() as $key => $value ) {
			$order->update_meta_data( $key, $value );
		}
		$order->add_product( $product, $more['quantity'] ?? 1 );
		if ( isset( $more['paid_on'] ) ) {
			$order->set_date_paid( $more['paid_on'] . ' 10:00:00' );
		}
		$order->save();
		return $order;
	}

	/** An order, paid. */
	public static function sale( WC_Product $product, string $login = 'jeanne', array $more = array() ): WC_Order {
		$order = self::order( $product, $login, $more );
		$order->update_status( 'processing' );
		return $order;
	}

	/** The contract that a sale on that day opened. */
	public static function contract( string $paid_on = '2026-01-15', string $login = 'jeanne', array $meta = array(), array $more = array() ): Contract {
		$order = self::sale( self::product( $meta ), $login, array( 'paid_on' => $paid_on ) + $more );
		return Repository::of_order( $order->get_id() )[0];
	}

	/** A key, as WooCommerce's own screen makes it. */
	public static function key( string $permissions = 'read_write', ?int $user = null ): array {
		global $wpdb;
		$key = array( 'ck_' . wc_rand_hash(), 'cs_' . wc_rand_hash() );
		$wpdb->insert(
			$wpdb->prefix . 'woocommerce_api_keys',
			array( 'user_id' => $user ?? self::user( 'admin' ), 'description' => 'test', 'permissions' => $permissions, 'consumer_key' => wc_api_hash( $key[0] ), 'consumer_secret' => $key[1], 'truncated_key' => substr( $key[0], -7 ) )
		);
		return $key;
	}

	/** A caller over HTTPS, with Basic. */
	public static function caller( array $key ): Browser {
		$browser          = new Browser();
		$browser->headers = array( 'X-Forwarded-Proto: https', 'Authorization: Basic ' . base64_encode( implode( ':', $key ) ) );
		return $browser;
	}
}
