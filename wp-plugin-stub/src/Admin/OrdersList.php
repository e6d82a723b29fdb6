<?php

namespace Relance\Admin;

use Relance\Contracts\OrderMarks;
use Relance\Standings;

defined( 'ABSPATH' ) || exit;

/**
 * A column and a filter in the list of orders, in both kinds of storage. Both read metadata that the list has loaded anyway.
 */
final class OrdersList {

	const COLUMN = 'relance';
	const FILTER = 'relance_standing';

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_filter( 'manage_woocommerce_page_wc-orders_columns', array( $this, 'column' ) );
		add_action( 'manage_woocommerce_page_wc-orders_custom_column', array( $this, 'cell' ), 10, 2 );
		add_action( 'woocommerce_order_list_table_restrict_manage_orders', array( $this, 'filter' ) );
		add_filter( 'woocommerce_order_list_table_prepare_items_query_args', array( $this, 'query' ) );

		add_filter( 'manage_edit-shop_order_columns', array( $this, 'column' ) );
		add_action( 'manage_shop_order_posts_custom_column', array( $this, 'cell' ), 10, 2 );
		add_action( 'restrict_manage_posts', array( $this, 'filter' ) );
		add_action( 'pre_get_posts', array( $this, 'legacy_query' ) );
	}

	/**
	 * Adds the column after the status.
	 *
	 * @param string[] $columns As before.
	 */
	public function column( $columns ): array {
		$at = array_search( 'order_status', array_keys( $columns ), true );
		$at = false === $at ? count( $columns ) : $at + 1;
		return array_slice( $columns, 0, $at, true ) + array( self::COLUMN => __( 'Maintenance', 'relance' ) ) + array_slice( $columns, $at, null, true );
	}

	/**
	 * Prints a cell.
	 *
	 * @param string        $column The column.
	 * @param \WC_Order|int $order  The order, or its id in the legacy list.
	 */
	public function cell( $column, $order ): void {
		if ( self::COLUMN !== $column ) {
			return;
		}
		$order = $order instanceof \WC_Order ? $order : wc_get_order( $order );
		$badge = $order ? Standings::badge( (string) $order->get_meta( OrderMarks::META ) ) : '';
		echo '' === $badge ? '<span aria-hidden="true">–</span>' : $badge; // phpcs:ignore -- escaped by badge()
	}

	/**
	 * Prints the filter.
	 *
	 * @param string $type Post type or order type.
	 */
	public function filter( $type = 'shop_order' ): void {
		if ( 'shop_order' !== $type ) {
			return;
		}
		$chosen = self::chosen();
		echo '<select name="' . esc_attr( self::FILTER ) . '"><option value="">' . esc_html__( 'Any maintenance', 'relance' ) . '</option>';
		foreach ( Standings::all() as $code => $words ) {
			printf( '<option value="%s" %s>%s</option>', esc_attr( $code ), selected( $chosen, $code, false ), esc_html( $words ) );
		}
		echo '</select>';
	}

	/**
	 * Filters the list of HPOS.
	 *
	 * @param array $args Of the query.
	 */
	public function query( $args ): array {
		if ( '' !== self::chosen() ) {
			$args['meta_query'][] = self::condition(); // phpcs:ignore WordPress.DB.SlowDBQuery
		}
		return $args;
	}

	/**
	 * Filters the legacy list.
	 *
	 * @param \WP_Query $query The query of a screen.
	 */
	public function legacy_query( $query ): void {
		if ( is_admin() && $query->is_main_query() && 'shop_order' === $query->get( 'post_type' ) && '' !== self::chosen() ) {
			$query->set( 'meta_query', array_merge( array_filter( (array) $query->get( 'meta_query' ) ), array( self::condition() ) ) );
		}
	}

	private static function condition(): array {
		return array(
			'key'   => OrderMarks::META,
			'value' => self::chosen(),
		);
	}

	private static function chosen(): string {
		// phpcs:ignore WordPress.Security -- a filter changes nothing; only known words pass
		$chosen = $_GET[ self::FILTER ] ?? '';
		return is_string( $chosen ) && isset( Standings::all()[ $chosen ] ) ? $chosen : '';
	}
}
