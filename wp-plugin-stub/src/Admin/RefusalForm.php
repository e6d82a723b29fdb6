<?php

namespace Relance\Admin;

use Relance\Contracts\Contract;
use Relance\Contracts\Refusal;
use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * Staff write down that a client refused by letter, mail or telephone, or take that back.
 */
final class RefusalForm {

	/** An address with it shows the form at once. */
	const OPEN = 'refuse';

	/**
	 * Prints the form that fits.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function show( Contract $contract ): void {
		if ( Refusal::may_be_taken_back( $contract ) ) {
			Action::form( 'relance_take_back', 'relance-refusal', $contract->id );
			printf( '<p>%s</p>', esc_html__( 'Recorded by mistake? The contract goes on as before, where the service still can.', 'relance' ) );
			printf( '<button class="button">%s</button></form>', esc_html__( 'Take the refusal back', 'relance' ) );
		} elseif ( Refusal::is_open( $contract ) ) {
			self::question( $contract );
		}
	}

	private static function question( Contract $contract ): void {
		// phpcs:ignore WordPress.Security.NonceVerification -- only shows
		$open = isset( $_GET[ self::OPEN ] ) ? 'open' : '';
		printf( '<details id="relance-refusal" class="relance-refusal" %s><summary>%s</summary>', esc_attr( $open ), esc_html__( 'The client does not renew…', 'relance' ) );
		printf(
			'<p>%s</p>',
			'tacit' === $contract->renewal
				? esc_html__( 'Record what the client told you. The contract then ends with the term that is paid, reminders stop, and the client gets a confirmation by e-mail. After the deadline, Relance asks a person instead.', 'relance' )
				: esc_html__( 'Record what the client told you. The contract then ends with the term that is paid, and reminders stop.', 'relance' )
		);
		Action::form( 'relance_refuse', '', $contract->id );
		printf(
			'<p><label>%s <input type="date" name="on" value="%s" min="%s" max="%2$s" required></label></p>',
			esc_html__( 'Refused on', 'relance' ),
			esc_attr( Dates::today() ),
			esc_attr( (string) ( $contract->first_start ?? $contract->term_start ) )
		);
		printf(
			'<p><label>%s <input type="text" name="reason" class="regular-text" maxlength="%d" placeholder="%s" required></label></p>',
			esc_html__( 'Reason', 'relance' ),
			(int) Refusal::LONGEST_REASON,
			esc_attr__( 'Letter of 12 November', 'relance' )
		);
		printf( '<p><label><input type="checkbox" name="sure" value="1" required> %s</label></p>', esc_html__( 'The client said so; I record it in their name.', 'relance' ) );
		printf( '<button class="button">%s</button></form></details>', esc_html__( 'Record the refusal', 'relance' ) );
	}
}
