<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * What the plugin keeps in options. Options with a secret in them are never loaded with every page.
 */
final class Settings {

	const SCHEMA         = 'relance_schema';
	const LINK           = 'relance_link';
	const SERVICE_STATE  = 'relance_service_state';
	const ERRORS         = 'relance_errors';
	const SITE           = 'relance_site';
	const SITE_STATE     = 'relance_site_state';
	const DELETE_ALL     = 'relance_delete_contracts';
	const FLUSH          = 'relance_flush_rewrites';
	const LONGEST_ERRORS = 5;

	/**
	 * Every option, for the uninstallation.
	 *
	 * @return string[]
	 */
	public static function all(): array {
		return array( self::SCHEMA, self::LINK, self::SERVICE_STATE, self::ERRORS, self::SITE, self::SITE_STATE, self::DELETE_ALL, self::FLUSH );
	}

	/**
	 * The link to the service: service, shop_id, webhook_url, webhook_secret, mode, test, user_id, key_id, linked_at.
	 */
	public static function link(): ?array {
		return self::entry( self::LINK );
	}

	/**
	 * The link of a maintained site: service, site_id, secret, linked_at.
	 */
	public static function site(): ?array {
		return self::entry( self::SITE );
	}

	/**
	 * Stores an option that is read on few pages only.
	 *
	 * @param string $name  One of the names above.
	 * @param mixed  $value Anything WordPress can store.
	 */
	public static function put( string $name, $value ): void {
		update_option( $name, $value, false );
	}

	/**
	 * Notes what went wrong, for the settings page; the newest first, a few only.
	 *
	 * @param string $what For people; holds no secret.
	 */
	public static function note_error( string $what ): void {
		$errors = (array) get_option( self::ERRORS, array() );
		array_unshift(
			$errors,
			array(
				'at'   => time(),
				'what' => $what,
			)
		);
		self::put( self::ERRORS, array_slice( $errors, 0, self::LONGEST_ERRORS ) );
	}

	private static function entry( string $name ): ?array {
		$value = get_option( $name );
		return is_array( $value ) && $value ? $value : null;
	}
}
