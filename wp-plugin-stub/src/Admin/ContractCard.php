<?php

namespace Relance\Admin;

use Relance\Contracts\Clauses;
use Relance\Contracts\Contract;
use Relance\Contracts\Refusal;

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
		self::row( __( 'Duration', 'relance' ), esc_html( Clauses::period_in_words( "P{$contract->months}M" ) ) );
		self::row( __( 'Price of a term', 'relance' ), wp_kses_post( $contract->price_html() ) );
		self::row( __( 'Renewal', 'relance' ), esc_html( 'tacit' === $contract->renewal ? __( 'Tacit', 'relance' ) : __( 'By payment', 'relance' ) ) . ( $contract->notice ? '<br>' . esc_html( sprintf( /* translators: %s: a period such as "2 months" */ __( 'Notice period: %s', 'relance' ), Clauses::period_in_words( $contract->notice ) ) ) : '' ) );
		if ( 'declined' === $contract->status ) {
			self::row( __( 'Refused on', 'relance' ), esc_html( Refusal::shown( $contract ) ) . '<br>' . esc_html( Refusal::source( $contract ) ) );
		}
		self::row( __( 'Orders', 'relance' ), self::orders( $contract ) );
		echo '</table>';
		Action::form( 'relance_site_of_contract', '', $contract->id );
		printf(
			'<p><label>%s<br><input type="url" name="site_url" class="regular-text" placeholder="https://" value="%s"></label> <button class="button">%s</button></p></form>',
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
