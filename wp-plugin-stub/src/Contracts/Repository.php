<?php

namespace Relance\Contracts;

use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * Reads and writes contracts. A change is announced to the service unless it is the echo of its own word.
 */
final class Repository {

	/**
	 * One contract.
	 *
	 * @param int $id Its id.
	 */
	public static function find( int $id ): ?Contract {
		$found = self::where( 'id = %d', array( $id ) );
		return $found[0] ?? null;
	}

	/**
	 * The contracts that an order opened, renewed last, or would renew.
	 *
	 * @param int $order_id The order.
	 * @return Contract[]
	 */
	public static function of_order( int $order_id ): array {
		return self::where( 'order_id = %d OR latest_order_id = %d OR renewal_order_id = %d', array( $order_id, $order_id, $order_id ) );
	}

	/**
	 * The contracts that a line of an order opened.
	 *
	 * @param int $item_id The line.
	 * @return Contract[]
	 */
	public static function of_item( int $item_id ): array {
		return self::where( 'order_item_id = %d', array( $item_id ) );
	}

	/**
	 * A client's contracts.
	 *
	 * @param int $customer_id WordPress user; 0 has none.
	 * @return Contract[]
	 */
	public static function of_customer( int $customer_id ): array {
		return $customer_id > 0 ? self::where( 'customer_id = %d', array( $customer_id ) ) : array();
	}

	/**
	 * The contracts that are with an e-mail address.
	 *
	 * @param string $email The address.
	 * @return Contract[]
	 */
	public static function of_email( string $email ): array {
		return self::where( 'email = %s', array( self::email( $email ) ) );
	}

	/**
	 * A client's contracts for a product; a guest is known by e-mail.
	 *
	 * @param int    $customer_id WordPress user, or 0.
	 * @param string $email       The e-mail of the order.
	 * @param int    $product_id  The product.
	 * @return Contract[]
	 */
	public static function of_product( int $customer_id, string $email, int $product_id ): array {
		return $customer_id > 0
			? self::where( 'customer_id = %d AND product_id = %d', array( $customer_id, $product_id ) )
			: self::where( 'customer_id = 0 AND email = %s AND product_id = %d', array( self::email( $email ), $product_id ) );
	}

	/**
	 * Opens a contract; null where that line's contract of that sequence is open already.
	 *
	 * @param array<string,mixed> $fields Columns of the table.
	 * @throws \RuntimeException Where the database does not take it.
	 */
	public static function open( array $fields ): ?Contract {
		global $wpdb;
		$now    = Dates::now_gmt();
		$fields = self::columns( $fields ) + array(
			'billing'           => '{}',
			'date_created_gmt'  => $now,
			'date_modified_gmt' => $now,
		);
		$shown  = $wpdb->suppress_errors( true );
		$made   = $wpdb->insert( Table::name(), $fields );
		$error  = $wpdb->last_error;
		$id     = (int) $wpdb->insert_id;
		$wpdb->suppress_errors( $shown );
		if ( ! $made ) {
			// The database says "duplicate" in its own language: whether it is one, the table knows.
			if ( ! isset( $fields['order_item_id'] ) || ! self::where( 'order_item_id = %d AND sequence = %d', array( $fields['order_item_id'], $fields['sequence'] ?? 1 ) ) ) {
				throw new \RuntimeException( 'The contract could not be stored: ' . $error );
			}
			return null;
		}
		$contract = self::find( $id );
		do_action( 'relance_contract_created', $contract );
		return $contract;
	}

	/**
	 * Changes a contract and announces it.
	 *
	 * @param Contract            $contract  As it was read.
	 * @param array<string,mixed> $fields    Columns that change.
	 * @param bool                $announced False for the echo of the service's own word.
	 * @return Contract As it is now; unchanged where its term was moved meanwhile.
	 */
	public static function change( Contract $contract, array $fields, bool $announced = true ): Contract {
		global $wpdb;
		$fields = self::columns( $fields ) + array( 'date_modified_gmt' => Dates::now_gmt() );
		// A second payment of the same moment must not count the term twice.
		$done = $wpdb->update(
			Table::name(),
			$fields,
			array(
				'id'      => $contract->id,
				'term_no' => $contract->term_no,
			)
		);
		$now  = self::find( $contract->id );
		if ( $done && $announced ) {
			do_action( 'relance_contract_updated', $now );
		}
		return $now;
	}

	/**
	 * Stores what the service says, unless something newer is stored, or it takes back a term that was paid without its knowing.
	 *
	 * @param int                 $id     The contract.
	 * @param array<string,mixed> $fields Columns; `status_rev` and `term_no` among them.
	 * @param int|null            $heard  The latest order that the service has heard of; null where it does not say.
	 * @return bool Whether it was stored.
	 */
	public static function put_status( int $id, array $fields, ?int $heard ): bool {
		global $wpdb;
		$fields = self::columns( $fields ) + array( 'date_modified_gmt' => Dates::now_gmt() );
		$sets   = array();
		foreach ( $fields as $name => $value ) {
			$sets[] = null === $value ? "{$name} = NULL" : $wpdb->prepare( "{$name} = %s", $value );
		}
		$where = $wpdb->prepare( ' WHERE id = %d AND status_rev <= %d', $id, $fields['status_rev'] );
		if ( null !== $heard ) {
			// In the same statement: the client may pay at this moment.
			$where .= $wpdb->prepare( ' AND (term_no <= %d OR latest_order_id = %d)', $fields['term_no'], $heard );
		}
		$table = Table::name();
		// phpcs:ignore WordPress.DB.PreparedSQL -- prepared above, names are our own
		return $wpdb->query( "UPDATE {$table} SET " . implode( ', ', $sets ) . $where ) > 0;
	}

	/**
	 * A new link counts its revisions anew.
	 */
	public static function forget_revisions(): void {
		global $wpdb;
		$table = Table::name();
		// phpcs:ignore WordPress.DB.PreparedSQL -- the name of our own table
		$wpdb->query( "UPDATE {$table} SET status_rev = 0" );
	}

	/**
	 * How e-mail addresses are compared.
	 *
	 * @param string $email As written.
	 */
	public static function email( string $email ): string {
		return strtolower( trim( $email ) );
	}

	private static function where( string $condition, array $values ): array {
		global $wpdb;
		$table = Table::name();
		// phpcs:ignore WordPress.DB.PreparedSQL -- conditions are written in this class
		$rows = $wpdb->get_results( $wpdb->prepare( "SELECT * FROM {$table} WHERE {$condition} ORDER BY id", $values ), ARRAY_A );
		return array_map(
			static function ( array $row ) {
				return new Contract( $row );
			},
			$rows
		);
	}

	// What the list sorts and searches by is kept beside the billing details it comes from.
	private static function columns( array $fields ): array {
		if ( isset( $fields['billing'] ) && is_array( $fields['billing'] ) ) {
			$billing           = $fields['billing'];
			$person            = trim( ( $billing['first_name'] ?? '' ) . ' ' . ( $billing['last_name'] ?? '' ) );
			$fields['client']  = mb_substr( '' !== (string) ( $billing['company'] ?? '' ) ? $billing['company'] : $person, 0, 191 );
			$fields['email']   = mb_substr( self::email( (string) ( $billing['email'] ?? '' ) ), 0, 191 );
			$fields['billing'] = wp_json_encode( $billing );
		}
		if ( isset( $fields['concluded_online'] ) ) {
			$fields['concluded_online'] = (int) $fields['concluded_online'];
		}
		return $fields;
	}
}
