<?php

namespace Relance\Admin;

use Relance\Contracts\Contract;
use Relance\Contracts\Refusal;
use Relance\Contracts\Repository;
use Relance\Contracts\Status;
use Relance\Dates;
use Relance\Service\Client;

defined( 'ABSPATH' ) || exit;

/**
 * Pause, resume, refusal and the site of one contract.
 */
final class ContractActions {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'admin_post_relance_pause', array( $this, 'pause' ) );
		add_action( 'admin_post_relance_resume', array( $this, 'resume' ) );
		add_action( 'admin_post_relance_site_of_contract', array( $this, 'site' ) );
		add_action( 'admin_post_relance_refuse', array( $this, 'refuse' ) );
		add_action( 'admin_post_relance_take_back', array( $this, 'take_back' ) );
	}

	/**
	 * Pauses the reminders.
	 */
	public function pause(): void {
		$contract  = self::asked( 'relance_pause' );
		$until     = Action::text( 'until' );
		$arguments = array(
			'until'  => $until,
			'reason' => Action::text( 'reason' ),
		);
		$result    = Dates::is_date( $until ) ? self::ask( 'pause', $contract, $arguments ) : new \WP_Error( 'relance', __( 'Pause until: expected a date.', 'relance' ) );
		self::done( $result, __( 'Reminders are paused.', 'relance' ) );
	}

	/**
	 * Resumes the reminders.
	 */
	public function resume(): void {
		self::done( self::ask( 'resume', self::asked( 'relance_resume' ), array() ), __( 'Reminders go on.', 'relance' ) );
	}

	/**
	 * Stores the site that a contract is for.
	 */
	public function site(): void {
		$contract = self::asked( 'relance_site_of_contract' );
		$typed    = trim( Action::text( 'site_url' ) );
		$url      = esc_url_raw( $typed, array( 'http', 'https' ) );
		$good     = '' === $typed || ( wp_parse_url( $url, PHP_URL_HOST ) && strlen( $url ) <= 255 );
		if ( $good && ! is_wp_error( $contract ) ) {
			Repository::change( $contract, array( 'site_url' => '' === $typed ? null : $url ) );
		}
		self::done( $good ? $contract : new \WP_Error( 'relance', __( 'Maintained site: expected an address such as https://client.example.', 'relance' ) ), __( 'Saved.', 'relance' ) );
	}

	/**
	 * Records that the client does not renew.
	 */
	public function refuse(): void {
		$contract = self::asked( 'relance_refuse' );
		if ( '' === Action::text( 'sure' ) ) {
			$contract = new \WP_Error( 'relance', __( 'Please confirm that the client said so.', 'relance' ) );
		}
		$result = is_wp_error( $contract ) ? $contract : Refusal::by_staff( $contract, Action::text( 'on' ), Action::text( 'reason' ), wp_get_current_user()->user_login );
		self::done( $result, __( 'The refusal is recorded; the service is told.', 'relance' ) );
	}

	/**
	 * Takes a recorded refusal back.
	 */
	public function take_back(): void {
		$contract = self::asked( 'relance_take_back' );
		self::done( is_wp_error( $contract ) ? $contract : Refusal::take_back( $contract ), __( 'The refusal is taken back; the service is told.', 'relance' ) );
	}

	/**
	 * @param string             $action    What to ask the service.
	 * @param Contract|\WP_Error $contract  The contract.
	 * @param array              $arguments Of the action.
	 * @return array|\WP_Error
	 */
	private static function ask( string $action, $contract, array $arguments ) {
		$status = is_wp_error( $contract ) ? $contract : Client::ask( $action, array( 'contract' => $contract->id ) + $arguments );
		if ( is_wp_error( $status ) ) {
			return $status;
		}
		$checked = Status::checked( $status );
		if ( ! is_wp_error( $checked ) ) {
			Status::apply( $contract, $checked );
		}
		return $checked;
	}

	/**
	 * Who may, and about which contract.
	 *
	 * @param string $name Of the action.
	 * @return Contract|\WP_Error
	 */
	private static function asked( string $name ) {
		$id = absint( Action::text( 'contract' ) );
		Action::guard( $name, 'manage_woocommerce', $id );
		return Repository::find( $id ) ?? new \WP_Error( 'relance', __( 'There is no such contract.', 'relance' ) );
	}

	// Says it and goes back.
	private static function done( $result, string $said ): void {
		Flash::keep( $result, $said );
		Action::back( ContractsScreen::url() );
	}
}
