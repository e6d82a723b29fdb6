<?php

namespace Relance\Site;

use Relance\Dates;
use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * The notice on a maintained site whose contract is suspended: in wp-admin, for administrators. Visitors never see anything.
 */
final class Notice {

	/** An older answer may be wrong by now. */
	const LONGEST = 3 * DAY_IN_SECONDS;

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'admin_notices', array( $this, 'show' ) );
	}

	/**
	 * Prints the notice, where there is one.
	 */
	public function show(): void {
		$state = self::state();
		if ( ! $state || ! current_user_can( 'manage_options' ) ) {
			return;
		}
		$agency = (array) ( $state['agency'] ?? array() );
		$name   = (string) ( $agency['name'] ?? '' );
		echo '<div class="notice notice-warning"><p><strong>';
		/* translators: 1: name of the agency, 2: a date */
		echo esc_html( sprintf( __( 'The maintenance of this site by %1$s has been suspended since %2$s.', 'relance' ), $name, Dates::shown( $state['since'] ?? null ) ) );
		echo '</strong> ' . esc_html__( 'Updates, backups and support are on hold; the site itself stays online.', 'relance' ) . '</p><p>';
		$url = esc_url( (string) ( $state['pay_url'] ?? '' ), array( 'http', 'https' ) );
		if ( '' !== $url ) {
			echo '<a class="button button-primary" href="' . $url . '">' . esc_html__( 'Renew the contract', 'relance' ) . '</a> '; // phpcs:ignore -- escaped above
		}
		echo esc_html( implode( ' · ', array_filter( array( (string) ( $agency['phone'] ?? '' ), (string) ( $agency['email'] ?? '' ) ) ) ) );
		echo '</p></div>';
	}

	private static function state(): ?array {
		$state = get_option( Settings::SITE_STATE );
		$fresh = is_array( $state ) && Settings::site() && ( (int) ( $state['at'] ?? 0 ) ) > time() - self::LONGEST;
		return $fresh && true === ( $state['show_notice'] ?? false ) ? $state : null;
	}
}
