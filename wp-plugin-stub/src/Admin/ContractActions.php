<?php

namespace Relance\Admin;

use Relance\Contracts\Contract;
use Relance\Contracts\Repository;
use Relance\Contracts\Status;
use Relance\Dates;
use Relance\Service\Client;

defined( 'ABSPATH' ) || exit;

/**
 * Pause, resume and the site of one contract.
 */
final class ContractActions {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'admin_post_relance_pause', array( $this, 'pause' ) );
		add_action( 'admin_post_relance_resume', array( $this, 'resume' ) );
		add_action( 'admin_post_relance_site_of_contract', array( $this, 'site' ) );
	}

	/**
	 * Pauses the reminders.
	 */
	public function pause(): void {
		Action::guard( 'relance_pause', 'manage_woocommerce' );
		$until     = Action::text( 'until' );
		$arguments = array(
			'until'  => $until,
			'reason' => Action::text( 'reason' ),
		);
		$result    = Dates::is_date( $until ) ? self::ask( 'pause', $arguments ) : new \WP_Error( 'relance', __( 'Pause until: expected a date.', 'relance' ) );
		Flash::keep( $result, __( 'Reminders are paused.', 'relance' ) );
		Action::back( ContractsScreen::url() );
	}

	/**
	 * Resumes the reminders.
	 */
	public function resume(): void {
		Action::guard( 'relance_resume', 'manage_woocommerce' );
		Flash::keep( self::ask( 'resume', array() ), __( 'Reminders go on.', 'relance' ) );
		Action::back( ContractsScreen::url() );
	}

	/**
	 * Stores the site that a contract is for.
	 */
	public function site(): void {
		Action::guard( 'relance_site_of_contract', 'manage_woocommerce' );
		$typed    = trim( Action::text( 'site_url' ) );
		$url      = esc_url_raw( $typed, array( 'http', 'https' ) );
		$contract = self::contract();
		$good     = '' === $typed || ( wp_parse_url( $url, PHP_URL_HOST ) && strlen( $url ) <= 255 );
		if ( $good && ! is_wp_error( $contract ) ) {
			Repository::change( $contract, array( 'site_url' => '' === $typed ? null : $url ) );
		}
		Flash::keep( $good ? $contract : new \WP_Error( 'relance', __( 'Maintained site: expected an address such as https://client.example.', 'relance' ) ), __( 'Saved.', 'relance' ) );
		Action::back( ContractsScreen::url() );
	}

	private static function ask( string $action, array $arguments ) {
		$contract = self::contract();
		if ( is_wp_error( $contract ) ) {
			return $contract;
		}
		$status = Client::ask( $action, array( 'contract' => $contract->id ) + $arguments );
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
	 * @return Contract|\WP_Error
	 */
	private static function contract() {
		$contract = Repository::find( absint( Action::text( 'contract' ) ) );
		return $contract ?? new \WP_Error( 'relance', __( 'There is no such contract.', 'relance' ) );
	}
}
