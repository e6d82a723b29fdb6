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
		// Printed on every page of wp-admin: a word of another kind than expected is left out.
		$agency = array_filter( is_array( $state['agency'] ?? null ) ? $state['agency'] : array(), 'is_string' );
		echo '<div class="notice notice-warning"><p><strong>';
		/* translators: 1: name of the agency, 2: a date */
		echo esc_html( sprintf( __( 'The maintenance of this site by %1$s has been suspended since %2$s.', 'relance' ), $agency['name'] ?? '', Dates::shown( $state['since'] ?? null ) ) );
		echo '</strong> ' . esc_html__( 'Updates, backups and support are on hold; the site itself stays online.', 'relance' ) . '</p>';
		$url = self::pay_url( $state );
		if ( '' !== $url ) {
			echo '<p><a class="button button-primary" href="' . $url . '">' . esc_html__( 'Renew the contract', 'relance' ) . '</a></p>'; // phpcs:ignore -- escaped by pay_url()
		}
		printf( '<p>%s</p></div>', esc_html( implode( ' · ', array_filter( array( $agency['phone'] ?? '', $agency['email'] ?? '' ) ) ) ) );
	}

	// Safe to print; empty where there is none.
	private static function pay_url( array $state ): string {
		return is_string( $state['pay_url'] ?? null ) ? esc_url( $state['pay_url'], array( 'http', 'https' ) ) : '';
	}

	private static function state(): ?array {
		$state = get_option( Settings::SITE_STATE );
		$fresh = is_array( $state ) && Settings::site() && ( (int) ( $state['at'] ?? 0 ) ) > time() - self::LONGEST;
		return $fresh && true === ( $state['show_notice'] ?? false ) ? $state : null;
	}
}
