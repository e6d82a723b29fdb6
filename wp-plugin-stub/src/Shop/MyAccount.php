<?php

namespace Relance\Shop;

use Relance\Contracts\Contract;
use Relance\Contracts\Refusal;
use Relance\Contracts\Repository;
use Relance\Dates;
use Relance\Settings;
use Relance\Standings;

defined( 'ABSPATH' ) || exit;

/**
 * My Account > Maintenance: the client's contracts, the pending renewal to pay, and the way not to renew.
 */
final class MyAccount {

	const ENDPOINT = 'maintenance';

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_filter( 'woocommerce_get_query_vars', array( $this, 'endpoint' ) );
		add_filter( 'woocommerce_account_menu_items', array( $this, 'menu' ) );
		add_filter( 'woocommerce_endpoint_' . self::ENDPOINT . '_title', array( $this, 'title' ) );
		add_action( 'woocommerce_account_' . self::ENDPOINT . '_endpoint', array( $this, 'show' ) );
		add_action( 'wp_loaded', array( $this, 'flush' ) );
		add_action( 'wp_enqueue_scripts', array( $this, 'style' ) );
	}

	/**
	 * The page's address.
	 */
	public static function url(): string {
		return wc_get_account_endpoint_url( self::ENDPOINT );
	}

	/**
	 * WooCommerce makes rewrite rules of its query variables.
	 *
	 * @param string[] $vars As before.
	 */
	public function endpoint( $vars ): array {
		return array( self::ENDPOINT => self::ENDPOINT ) + (array) $vars;
	}

	/**
	 * Adds the page before "log out", for clients who have a contract.
	 *
	 * @param string[] $items As before.
	 */
	public function menu( $items ): array {
		if ( ! Repository::of_customer( get_current_user_id() ) ) {
			return $items;
		}
		$last = array_intersect_key( $items, array( 'customer-logout' => true ) );
		return array_diff_key( $items, $last ) + array( self::ENDPOINT => $this->title() ) + $last;
	}

	/**
	 * The page's title.
	 */
	public function title(): string {
		return __( 'Maintenance', 'relance' );
	}

	/**
	 * Makes the address known, once after an activation.
	 */
	public function flush(): void {
		if ( 'yes' === get_option( Settings::FLUSH ) ) {
			update_option( Settings::FLUSH, 'no', true );
			flush_rewrite_rules( false );
		}
	}

	/**
	 * One small style sheet, on account pages only.
	 */
	public function style(): void {
		if ( is_account_page() ) {
			wp_enqueue_style( 'relance-account', plugins_url( 'assets/account.css', RELANCE_FILE ), array(), RELANCE_VERSION );
		}
	}

	/**
	 * Prints the page.
	 */
	public function show(): void {
		$contracts = Repository::of_customer( get_current_user_id() );
		$asked     = Declining::asked();
		foreach ( $contracts as $contract ) {
			if ( $contract->id === $asked && Declining::is_possible( $contract ) ) {
				Declining::form( $contract );
				return;
			}
		}
		if ( ! $contracts ) {
			echo '<p>' . esc_html__( 'You have no maintenance contract with us.', 'relance' ) . '</p>';
		}
		foreach ( $contracts as $contract ) {
			self::contract( $contract );
		}
	}

	private static function contract( Contract $contract ): void {
		echo '<section class="relance-contract"><h3>' . esc_html( $contract->plan ) . ' ' . Standings::badge( $contract->standing() ) . '</h3><dl>'; // phpcs:ignore -- badge() escapes
		self::row( __( 'Contract', 'relance' ), esc_html( $contract->number() ) );
		if ( $contract->site_url ) {
			self::row( __( 'Site', 'relance' ), esc_html( preg_replace( '#^https?://#', '', $contract->site_url ) ) );
		}
		/* translators: 1: first day, 2: last day */
		self::row( __( 'Term', 'relance' ), esc_html( sprintf( __( '%1$s to %2$s', 'relance' ), Dates::shown( $contract->term_start ), Dates::shown( $contract->term_end ) ) ) );
		self::row( __( 'Price', 'relance' ), wp_kses_post( $contract->price_html() ) );
		self::row( __( 'Renewal', 'relance' ), esc_html( 'tacit' === $contract->renewal ? __( 'Tacit: the contract goes on unless you refuse in time', 'relance' ) : __( 'By payment: the contract ends unless you renew it', 'relance' ) ) );
		if ( 'declined' === $contract->status ) {
			self::row( __( 'Refused on', 'relance' ), esc_html( Refusal::shown( $contract ) ) );
		}
		echo '</dl><p class="relance-actions">';
		self::pay_button( $contract );
		if ( Declining::is_possible( $contract ) ) {
			printf( '<a href="%s">%s</a>', esc_url( add_query_arg( Declining::FIELD, $contract->id, self::url() ) ), esc_html( Declining::label( $contract ) ) );
		}
		echo '</p></section>';
	}

	private static function pay_button( Contract $contract ): void {
		$order = $contract->is_open() && $contract->renewal_order_id > 0 ? wc_get_order( $contract->renewal_order_id ) : null;
		if ( $order instanceof \WC_Order && $order->needs_payment() && $order->get_customer_id() === $contract->customer_id ) {
			printf( '<a class="button" href="%s">%s</a> ', esc_url( $order->get_checkout_payment_url() ), esc_html__( 'Pay the renewal', 'relance' ) );
		}
	}

	private static function row( string $name, string $html ): void {
		echo '<dt>' . esc_html( $name ) . '</dt><dd>' . $html . '</dd>'; // phpcs:ignore -- escaped by the callers
	}
}
