<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * Activation, deactivation and upgrades of what the plugin stores.
 */
final class Lifecycle {

	/**
	 * Version of the table; raise it with every change of `Contracts\Table`.
	 */
	const SCHEMA = 3;

	/**
	 * Makes the table. Doing it twice changes nothing.
	 */
	public static function activate(): void {
		self::upgrade();
		// The account page's address is known only once WooCommerce has registered its own. Read with every page, hence loaded with it.
		update_option( Settings::FLUSH, 'yes', true );
		Site\Maintained::schedule();
	}

	/**
	 * Stops what runs on its own; keeps everything that is stored.
	 */
	public static function deactivate(): void {
		wp_clear_scheduled_hook( Site\Maintained::HOOK );
		Service\Webhooks::forget();
		// Made anew by the next request, which no longer knows our page; this one still would.
		delete_option( 'rewrite_rules' );
	}

	/**
	 * Brings the table up to date: also after a plugin update, where WordPress calls no activation hook.
	 */
	public static function upgrade(): void {
		$stored = (int) get_option( Settings::SCHEMA, 0 );
		if ( $stored >= self::SCHEMA ) {
			return;
		}
		Contracts\Table::create();
		if ( $stored > 0 && $stored < 2 ) {
			Contracts\Table::fill_first_start();
		}
		update_option( Settings::SCHEMA, (string) self::SCHEMA, true );
		update_option( Settings::FLUSH, 'yes', true );
	}
}
