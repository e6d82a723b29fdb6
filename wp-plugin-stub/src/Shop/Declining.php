<?php

namespace Relance\Shop;

use Relance\Contracts\Contract;
use Relance\Contracts\Refusal;
use Relance\Contracts\Repository;
use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * A client ends a contract, or refuses its tacit renewal: a page that says what it means, then one button.
 * Contracts concluded online carry the label that the law prescribes (Code de la consommation, art. L215-1-1 and D215-1).
 */
final class Declining {

	const FIELD  = 'relance_decline';
	const ACTION = 'relance_decline';

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'template_redirect', array( $this, 'act' ) );
	}

	/**
	 * Whether the client may refuse: tacit contracts, and any that was concluded online.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function is_possible( Contract $contract ): bool {
		return Refusal::is_open( $contract ) && ( 'tacit' === $contract->renewal || true === $contract->concluded_online );
	}

	/**
	 * The words of the link.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function label( Contract $contract ): string {
		return true === $contract->concluded_online ? __( 'Terminate your contract', 'relance' ) : __( 'Do not renew', 'relance' );
	}

	/**
	 * Which contract the client asks to refuse; zero for none.
	 */
	public static function asked(): int {
		// phpcs:ignore WordPress.Security.NonceVerification -- only shows the question
		return isset( $_GET[ self::FIELD ] ) && ! is_array( $_GET[ self::FIELD ] ) ? absint( $_GET[ self::FIELD ] ) : 0;
	}

	/**
	 * The question: who, which contract, what it means.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function form( Contract $contract ): void {
		echo '<form method="post" class="relance-decline"><h3>' . esc_html( self::label( $contract ) ) . '</h3>';
		/* translators: 1: number of a contract, 2: its plan, 3: name of the client, 4: e-mail */
		echo '<p>' . esc_html( sprintf( __( 'Contract %1$s, “%2$s”, in the name of %3$s (%4$s).', 'relance' ), $contract->number(), $contract->plan, $contract->client, $contract->billing['email'] ?? '' ) ) . '</p>';
		/* translators: %s: a date */
		echo '<p>' . esc_html( sprintf( __( 'The term you have paid for runs until %s; maintenance continues until then. You receive a confirmation by e-mail with the date on which the contract ends and what it means.', 'relance' ), Dates::shown( $contract->term_end ) ) ) . '</p>';
		wp_nonce_field( self::ACTION . '_' . $contract->id );
		printf( '<input type="hidden" name="%s" value="%d">', esc_attr( self::FIELD ), (int) $contract->id );
		printf( '<p><button type="submit">%s</button> &nbsp; <a href="%s">%s</a></p></form>', esc_html__( 'Notify the termination', 'relance' ), esc_url( MyAccount::url() ), esc_html__( 'Keep the contract', 'relance' ) );
	}

	/**
	 * The answer: stored first, then told to the service, which confirms it to the client.
	 */
	public function act(): void {
		if ( ! isset( $_POST[ self::FIELD ] ) || is_array( $_POST[ self::FIELD ] ) ) {
			return;
		}
		$id       = absint( $_POST[ self::FIELD ] );
		$contract = is_user_logged_in() ? Repository::find( $id ) : null;
		if ( ! $contract || get_current_user_id() !== $contract->customer_id ) {
			wp_die( esc_html__( 'Sorry, you may not do this.', 'relance' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION . '_' . $id );
		if ( self::is_possible( $contract ) ) {
			if ( Refusal::by_client( $contract ) ) {
				wc_add_notice( __( 'Your request is recorded. You receive a confirmation by e-mail.', 'relance' ), 'success' );
			} else {
				wc_add_notice( __( 'Your request could not be recorded. Please try again, or write to us.', 'relance' ), 'error' );
			}
		}
		wp_safe_redirect( MyAccount::url() );
		exit;
	}
}
