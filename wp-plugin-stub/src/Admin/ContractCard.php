<?php

namespace Relance\Admin;

use Relance\Contracts\Contract;

defined( 'ABSPATH' ) || exit;

/**
 * The clauses of a contract, its orders, and the field for its site.
 */
final class ContractCard {

	/**
	 * Prints it.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function show( Contract $contract ): void {
		echo '<table class="relance-facts">';
		self::row( __( 'Client', 'relance' ), esc_html( $contract->client ) . '<br>' . esc_html( (string) ( $contract->billing['email'] ?? '' ) ) );
		self::row( __( 'Plan', 'relance' ), esc_html( $contract->plan ) );
		/* translators: %d: number of months */
		self::row( __( 'Duration', 'relance' ), esc_html( sprintf( _n( '%d month', '%d months', $contract->months, 'relance' ), $contract->months ) ) );
		self::row( __( 'Price of a term', 'relance' ), wp_kses_post( $contract->price_html() ) );
		self::row( __( 'Renewal', 'relance' ), esc_html( 'tacit' === $contract->renewal ? __( 'Tacit', 'relance' ) : __( 'By payment', 'relance' ) ) . ( $contract->notice ? ' (' . esc_html( $contract->notice ) . ')' : '' ) );
		self::row( __( 'Orders', 'relance' ), self::orders( $contract ) );
		echo '</table>';
		Action::form( 'relance_site_of_contract' );
		printf(
			'<input type="hidden" name="contract" value="%d"><p><label>%s<br><input type="url" name="site_url" class="regular-text" placeholder="https://" value="%s"></label> <button class="button">%s</button></p></form>',
			(int) $contract->id,
			esc_html__( 'Maintained site', 'relance' ),
			esc_attr( (string) $contract->site_url ),
			esc_html__( 'Save', 'relance' )
		);
	}

	private static function orders( Contract $contract ): string {
		$links = array();
		foreach ( array_unique( array_filter( array( $contract->order_id, $contract->latest_order_id, $contract->renewal_order_id ) ) ) as $id ) {
			$order   = wc_get_order( $id );
			$links[] = $order instanceof \WC_Order
				? sprintf( '<a href="%s">#%s</a> (%s)', esc_url( $order->get_edit_order_url() ), esc_html( $order->get_order_number() ), esc_html( wc_get_order_status_name( $order->get_status() ) ) )
				: '#' . $id;
		}
		return $links ? implode( '<br>', $links ) : '—';
	}

	private static function row( string $name, string $html ): void {
		echo '<tr><th scope="row">' . esc_html( $name ) . '</th><td>' . $html . '</td></tr>'; // phpcs:ignore -- escaped by the callers
	}
}
