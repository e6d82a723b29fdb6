<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * Takes the plugin off a site. The key of the service is revoked whatever the settings say: nobody would watch it any more.
 */
final class Uninstall {

	/**
	 * Removes options, cron events, the service's key and account, and the contracts where the settings say so.
	 */
	public static function run(): void {
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
		delete_metadata( 'user', 0, Admin\Flash::META, '', true );
	}
}
