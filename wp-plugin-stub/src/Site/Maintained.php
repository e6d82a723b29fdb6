<?php

namespace Relance\Site;

use Relance\Service\Client;
use Relance\Service\Http;
use Relance\Service\Linking;
use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * A site that is maintained under a contract. Off until it is linked; then it asks the service once an hour whether to show a notice.
 */
final class Maintained {

	const HOOK = 'relance_ask_about_site';

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( self::HOOK, array( $this, 'ask' ) );
	}

	/**
	 * Links this site.
	 *
	 * @param string $service Address of the service.
	 * @param string $code    As `relance site invite` shows it.
	 * @return true|\WP_Error
	 */
	public static function link( string $service, string $code ) {
		$service = Http::address( $service );
		$code    = Linking::code( $code );
		foreach ( array( $service, $code ) as $part ) {
			if ( is_wp_error( $part ) ) {
				return $part;
			}
		}
		$body   = array(
			'code' => $code,
			'url'  => home_url(),
		);
		$answer = Http::post( $service . '/sites/link', (string) wp_json_encode( $body ), array(), Linking::TIMEOUT );
		if ( is_wp_error( $answer ) ) {
			return $answer;
		}
		foreach ( array( 'site_id', 'secret' ) as $field ) {
			if ( ! is_string( $answer[ $field ] ?? null ) || '' === $answer[ $field ] ) {
				return new \WP_Error( 'relance_answer', __( 'This is no Relance service: its answer has no site.', 'relance' ) );
			}
		}
		Settings::put(
			Settings::SITE,
			array(
				'service'   => $service,
				'site_id'   => $answer['site_id'],
				'secret'    => $answer['secret'],
				'linked_at' => time(),
			)
		);
		self::schedule();
		( new self() )->ask();
		return true;
	}

	/**
	 * Forgets the link, and the notice with it.
	 */
	public static function unlink(): void {
		wp_clear_scheduled_hook( self::HOOK );
		delete_option( Settings::SITE );
		delete_option( Settings::SITE_STATE );
	}

	/**
	 * Asks every hour from now on, where this site is linked.
	 */
	public static function schedule(): void {
		if ( Settings::site() && ! wp_next_scheduled( self::HOOK ) ) {
			wp_schedule_event( time() + HOUR_IN_SECONDS, 'hourly', self::HOOK );
		}
	}

	/**
	 * Asks the service. What it said stays until it says something else; it is shown for three days at most.
	 */
	public function ask(): void {
		$site = Settings::site();
		if ( ! $site ) {
			return;
		}
		$answer = Client::signed( $site['service'] . '/sites/' . rawurlencode( $site['site_id'] ), array(), $site['secret'] );
		if ( ! is_wp_error( $answer ) ) {
			Settings::put( Settings::SITE_STATE, $answer + array( 'at' => time() ) );
		} elseif ( in_array( $answer->get_error_data()['status'] ?? 0, array( 401, 403, 404, 410 ), true ) ) {
			// The service knows this site no longer: no old word of it may stand.
			delete_option( Settings::SITE_STATE );
		}
	}
}
