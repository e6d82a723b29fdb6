<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * Takes the plugin off a site. The key of the service is revoked whatever the settings say: nobody would watch it any more.
 */
final class Uninstall {

	/**
	 * WordPress asks once, also where a network of sites used the plugin.
	 */
	public static function run(): void {
		foreach ( is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array() as $site ) {
			switch_to_blog( (int) $site );
			self::site();
			restore_current_blog();
		}
		if ( ! is_multisite() ) {
			self::site();
		}
		delete_metadata( 'user', 0, Admin\Flash::META, '', true );
	}

	/**
	 * Removes options, cron events, the service's key and account, and the contracts where the settings say so.
	 */
	private static function site(): void {
		$link = Settings::link();
		if ( $link ) {
			Service\Linking::forget( $link );
		}
		wp_clear_scheduled_hook( Site\Maintained::HOOK );
		Service\Webhooks::forget();
		remove_role( Service\ServiceUser::ROLE );
		if ( 'yes' === get_option( Settings::DELETE_ALL ) ) {
			Contracts\Table::drop();
		}
		foreach ( Settings::all() as $option ) {
			delete_option( $option );
		}
	}
}
