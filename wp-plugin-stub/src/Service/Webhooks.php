<?php

namespace Relance\Service;

use Relance\Contracts\Contract;
use Relance\Contracts\Repository;
use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Tells the service that a contract changed, in the shape of WooCommerce's webhooks: later, with the contract as it is then.
 */
final class Webhooks {

	const HOOK = 'relance_deliver';

	/** Seconds until the next try. After the last one the service's own pull repairs what is missing. */
	const WAITS = array( 60, 300, 1800, 7200, 21600 );

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'relance_contract_created', array( $this, 'created' ) );
		add_action( 'relance_contract_updated', array( $this, 'updated' ) );
		add_action( self::HOOK, array( $this, 'deliver' ), 10, 3 );
	}

	/**
	 * A contract was opened.
	 *
	 * @param Contract $contract The contract.
	 */
	public function created( Contract $contract ): void {
		self::queue( $contract->id, 'created', 0, 0 );
	}

	/**
	 * A contract changed.
	 *
	 * @param Contract $contract The contract.
	 */
	public function updated( Contract $contract ): void {
		self::queue( $contract->id, 'updated', 0, 0 );
	}

	/**
	 * Delivers; a failure is tried again after a while.
	 *
	 * @param int    $id    The contract.
	 * @param string $event created or updated.
	 * @param int    $tries Those that failed.
	 */
	public function deliver( $id, $event, $tries = 0 ): void {
		$link     = Settings::link();
		$contract = Repository::find( (int) $id );
		if ( ! $link || ! $contract ) {
			return;
		}
		$body   = (string) wp_json_encode( $contract->to_wire() );
		$answer = Http::post( $link['webhook_url'], $body, self::headers( $body, (string) $event, $contract, $link['webhook_secret'] ) );
		if ( ! is_wp_error( $answer ) ) {
			return;
		}
		/* translators: 1: number of a contract, 2: the reason */
		Settings::note_error( sprintf( __( 'A change of %1$s could not be delivered: %2$s', 'relance' ), $contract->number(), $answer->get_error_message() ) );
		if ( isset( self::WAITS[ (int) $tries ] ) ) {
			self::queue( $contract->id, (string) $event, (int) $tries + 1, self::WAITS[ (int) $tries ] );
		}
	}

	/**
	 * Forgets what waits to be delivered.
	 */
	public static function forget(): void {
		wp_unschedule_hook( self::HOOK );
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( self::HOOK );
		}
	}

	// One that waits will carry the latest state: a second one would say the same.
	private static function queue( int $id, string $event, int $tries, int $wait ): void {
		if ( ! Settings::link() ) {
			return;
		}
		$arguments = array( $id, $event, $tries );
		if ( function_exists( 'as_schedule_single_action' ) ) {
			// Pending ones only: one that is running may have read the contract before this change.
			$waiting = array(
				'hook'     => self::HOOK,
				'args'     => $arguments,
				'group'    => 'relance',
				'status'   => 'pending',
				'per_page' => 1,
			);
			if ( ! as_get_scheduled_actions( $waiting, 'ids' ) ) {
				as_schedule_single_action( time() + $wait, self::HOOK, $arguments, 'relance' );
			}
		} elseif ( ! wp_next_scheduled( self::HOOK, $arguments ) ) {
			wp_schedule_single_event( time() + $wait, self::HOOK, $arguments );
		}
	}

	private static function headers( string $body, string $event, Contract $contract, string $secret ): array {
		return array(
			'X-WC-Webhook-Source'      => home_url( '/' ),
			'X-WC-Webhook-Topic'       => 'relance_contract.' . $event,
			'X-WC-Webhook-Resource'    => 'relance_contract',
			'X-WC-Webhook-Event'       => $event,
			'X-WC-Webhook-Signature'   => Signature::of( $body, $secret ),
			'X-WC-Webhook-ID'          => '0',
			'X-WC-Webhook-Delivery-ID' => md5( $contract->id . $event . microtime() ),
			'User-Agent'               => 'WooCommerce/' . ( defined( 'WC_VERSION' ) ? WC_VERSION : '0' ) . ' Hookshot (WordPress/' . get_bloginfo( 'version' ) . ')',
		);
	}
}
