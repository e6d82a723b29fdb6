<?php

namespace Relance\Contracts;

use Relance\Rest\Schema;

defined( 'ABSPATH' ) || exit;

/**
 * Stores what the service says of a contract. It says it again whenever in doubt: repeats and older words change nothing, nor do words that take
 * back a term whose payment it has not heard of (`latest_order_id`).
 */
final class Status {

	const STANDINGS = array( 'active', 'renewal-due', 'grace', 'suspended', 'ended', 'declined' );

	/**
	 * A status that came as the answer to a call, checked as one that is posted would be.
	 *
	 * @param array<string,mixed> $status As received.
	 * @return array<string,mixed>|\WP_Error
	 */
	public static function checked( array $status ) {
		$request = new \WP_REST_Request( 'POST' );
		$request->set_attributes( array( 'args' => Schema::status() ) );
		$request->set_default_params(
			array(
				'renewal_order_id' => 0,
				'timeline'         => array(),
			)
		);
		$request->set_body_params( $status );
		$valid = $request->has_valid_params();
		return is_wp_error( $valid ) ? $valid : array_intersect_key( $request->get_params(), Schema::status() );
	}

	// The service had taken note of the end and now says otherwise: somebody brought the contract back there.
	private static function back( Contract $contract, string $standing ): array {
		$over = array( 'declined', 'ended' );
		return 'active' !== $contract->status && in_array( $contract->standing, $over, true ) && ! in_array( $standing, $over, true )
			? Contract::GOES_ON
			: array();
	}

	/**
	 * Applies a status.
	 *
	 * @param Contract            $contract The contract.
	 * @param array<string,mixed> $status   As received, checked against the schema.
	 * @return Contract As it is now.
	 */
	public static function apply( Contract $contract, array $status ): Contract {
		if ( $status['rev'] < $contract->status_rev || $status === $contract->relance ) {
			return $contract;
		}
		$stored = Repository::put_status(
			$contract->id,
			self::back( $contract, $status['standing'] ) + array(
				'status_rev'       => $status['rev'],
				'standing'         => $status['standing'],
				'term_no'          => $status['term_no'],
				'term_start'       => $status['term_start'],
				'term_end'         => $status['term_end'],
				'renewal_order_id' => (int) $status['renewal_order_id'],
				'relance'          => wp_json_encode( $status ),
			),
			$status['latest_order_id'] ?? null
		);
		$now    = Repository::find( $contract->id );
		if ( $stored ) {
			do_action( 'relance_status_stored', $now );
		}
		return $now;
	}
}
