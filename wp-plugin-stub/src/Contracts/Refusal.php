<?php

namespace Relance\Contracts;

use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * A client does not renew: said in the account, or to the agency, whose staff write it down. Stored here first; the service hears of it
 * like of any change, and decides what it means after a deadline.
 */
final class Refusal {

	const LONGEST_REASON = 190;

	/**
	 * Stores what the client said in the account.
	 *
	 * @param Contract $contract The contract.
	 * @return bool Whether it is stored.
	 */
	public static function by_client( Contract $contract ): bool {
		return self::store( $contract, array( 'declined_by' => 'client' ) );
	}

	/**
	 * Stores what staff write down.
	 *
	 * @param Contract $contract The contract.
	 * @param string   $on       The local day on which the client said so; until today.
	 * @param string   $reason   How: a letter, a call.
	 * @param string   $login    Who writes it down.
	 * @return true|\WP_Error
	 */
	public static function by_staff( Contract $contract, string $on, string $reason, string $login ) {
		$first = (string) ( $contract->first_start ?? $contract->term_start );
		if ( ! Dates::is_date( $on ) || $on > Dates::today() || $on < $first ) {
			/* translators: %s: a date */
			return new \WP_Error( 'relance', sprintf( __( 'Refused on: expected a day from %s to today.', 'relance' ), Dates::shown( $first ) ) );
		}
		if ( '' === $reason ) {
			return new \WP_Error( 'relance', __( 'Reason: expected how the client said so, such as a letter or a call.', 'relance' ) );
		}
		if ( ! self::is_open( $contract ) ) {
			return new \WP_Error( 'relance', __( 'This contract does not run any more.', 'relance' ) );
		}
		$said = array(
			'declined_by'     => 'agency',
			'declined_user'   => mb_substr( $login, 0, 60 ),
			'declined_reason' => mb_substr( $reason, 0, self::LONGEST_REASON ),
		);
		if ( $on < Dates::today() ) {
			// Only the day is known: noon is on that day in GMT too, in every zone but the outermost.
			$said['declined_at'] = get_gmt_from_date( $on . ' 12:00:00' );
		}
		return self::store( $contract, $said ) ? true : new \WP_Error( 'relance', __( 'The refusal could not be stored: please try again.', 'relance' ) );
	}

	/**
	 * Takes back what staff wrote down by mistake. What the client said stays.
	 *
	 * @param Contract $contract The contract.
	 * @return true|\WP_Error
	 */
	public static function take_back( Contract $contract ) {
		if ( ! self::may_be_taken_back( $contract ) ) {
			return new \WP_Error( 'relance', __( 'Only a refusal that was recorded here can be taken back, while the contract has not ended.', 'relance' ) );
		}
		return 'active' === Repository::change( $contract, Contract::GOES_ON )->status ? true : new \WP_Error( 'relance', __( 'The refusal could not be taken back: please try again.', 'relance' ) );
	}

	/**
	 * Whether it can be refused at all.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function is_open( Contract $contract ): bool {
		return 'active' === $contract->status && $contract->is_open();
	}

	/**
	 * Whether staff wrote it down, and the contract has not ended since.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function may_be_taken_back( Contract $contract ): bool {
		return 'declined' === $contract->status && 'agency' === $contract->declined_by && 'ended' !== $contract->standing;
	}

	/**
	 * When, for people: of what was told to the agency, only the day is known.
	 *
	 * @param Contract $contract A declined one.
	 */
	public static function shown( Contract $contract ): string {
		return 'client' === $contract->declined_by
			? Dates::shown_instant( $contract->declined_at )
			: Dates::shown( get_date_from_gmt( (string) $contract->declined_at, 'Y-m-d' ) );
	}

	/**
	 * Who, for staff.
	 *
	 * @param Contract $contract A declined one.
	 */
	public static function source( Contract $contract ): string {
		return 'client' === $contract->declined_by
			? __( 'By the client, in the account', 'relance' )
			: implode( ' — ', array_filter( array( (string) $contract->declined_user, (string) $contract->declined_reason ) ) );
	}

	// A payment of the same moment moves the term, and the change with it goes nowhere: the refusal counts all the same.
	private static function store( Contract $contract, array $said ): bool {
		$fields = $said + array(
			'status'      => 'declined',
			'declined_at' => Dates::now_gmt(),
		);
		for ( $try = 1; $try <= 3; $try++ ) {
			$contract = Repository::change( $contract, $fields );
			if ( 'declined' === $contract->status ) {
				return true;
			}
		}
		return false;
	}
}
