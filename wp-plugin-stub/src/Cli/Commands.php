<?php

namespace Relance\Cli;

use Relance\Contracts\Listing;
use Relance\Contracts\Purchases;
use Relance\Plugin;
use Relance\Service\Linking;
use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Links this shop to a Relance service, says how the link is, and catches up on orders.
 */
final class Commands {

	const PAGE = 100;

	/**
	 * Links this shop.
	 *
	 * ## OPTIONS
	 *
	 * <service>
	 * : Address of the service, such as https://relance.example.
	 *
	 * <code>
	 * : The code that `relance shop invite` shows; valid for ten minutes, once.
	 *
	 * @param string[] $args Address and code.
	 */
	public function link( $args ): void {
		self::need_shop();
		$result = Linking::link( (string) ( $args[0] ?? '' ), (string) ( $args[1] ?? '' ) );
		is_wp_error( $result ) ? \WP_CLI::error( $result->get_error_message() ) : \WP_CLI::success( __( 'The shop is linked.', 'relance' ) );
	}

	/**
	 * Asks the service how the link is, and counts the contracts.
	 */
	public function status(): void {
		self::need_shop();
		$link = Settings::link();
		/* translators: %d: number of contracts */
		\WP_CLI::log( sprintf( __( 'Contracts: %d', 'relance' ), ( new Listing() )->total() ) );
		if ( ! $link ) {
			\WP_CLI::error( __( 'This shop is not linked to a Relance service.', 'relance' ) );
			return;
		}
		$state = Linking::check();
		if ( is_wp_error( $state ) ) {
			\WP_CLI::error( $state->get_error_message() );
			return;
		}
		$link = Settings::link();
		\WP_CLI::log( $link['service'] . ' · ' . $link['mode'] . ( $link['test'] ? ' · ' . __( 'test shop', 'relance' ) : '' ) );
		foreach ( array_filter( (array) ( $state['errors'] ?? array() ), 'is_string' ) as $error ) {
			\WP_CLI::warning( $error );
		}
		\WP_CLI::success( __( 'The service answers.', 'relance' ) );
	}

	/**
	 * Opens and renews what paid orders say, such as those paid while the plugin was off. Doing it twice changes nothing.
	 *
	 * ## OPTIONS
	 *
	 * [--since=<date>]
	 * : Orders made on this day or later. All without it.
	 *
	 * @param string[] $args    None.
	 * @param string[] $options since.
	 */
	public function sync( $args, $options = array() ): void {
		self::need_shop();
		$since = $options['since'] ?? '';
		if ( '' !== $since && ! \Relance\Dates::is_date( $since ) ) {
			\WP_CLI::error( __( 'since: expected a date such as 2026-11-21.', 'relance' ) );
			return;
		}
		$done = 0;
		for ( $page = 1; $orders = self::orders( $since, $page ); $page++ ) { // phpcs:ignore -- a page that is empty ends it
			foreach ( $orders as $order ) {
				$done += Purchases::paid( $order );
			}
		}
		/* translators: %d: number of contracts */
		\WP_CLI::success( sprintf( __( 'Contracts opened or renewed: %d', 'relance' ), $done ) );
	}

	private static function orders( string $since, int $page ): array {
		return wc_get_orders(
			array(
				'type'    => 'shop_order',
				'status'  => wc_get_is_paid_statuses(),
				'orderby' => 'ID',
				'order'   => 'ASC',
				'limit'   => self::PAGE,
				'page'    => $page,
			) + ( '' === $since ? array() : array( 'date_created' => '>=' . $since ) )
		);
	}

	private static function need_shop(): void {
		if ( ! Plugin::has_shop() ) {
			\WP_CLI::error( __( 'WooCommerce is not active on this site.', 'relance' ) );
		}
	}
}
