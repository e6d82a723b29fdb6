<?php

namespace Relance\Admin;

use Relance\Dates;
use Relance\Service\Client;

defined( 'ABSPATH' ) || exit;

/**
 * Pauses or resumes many contracts: a hundred a call, each answered for itself.
 */
final class BulkActions {

	const AT_ONCE = 100;

	/**
	 * Acts if the list was asked to, and redirects.
	 *
	 * @param ContractsTable $table Knows which action was chosen.
	 */
	public static function handle( ContractsTable $table ): void {
		$do = $table->current_action();
		if ( ! in_array( $do, array( 'pause', 'resume' ), true ) ) {
			return;
		}
		Action::guard( 'bulk-contracts', 'manage_woocommerce' );
		// phpcs:disable WordPress.Security.NonceVerification -- guard() has just verified it
		$ids   = array_values( array_filter( array_map( 'absint', array_filter( (array) wp_unslash( $_GET['contracts'] ?? array() ), 'is_scalar' ) ) ) );
		$until = isset( $_GET['until'] ) && is_string( $_GET['until'] ) ? sanitize_text_field( wp_unslash( $_GET['until'] ) ) : '';
		// phpcs:enable
		$error = self::wrong( $do, $ids, $until );
		Flash::keep( $error ?? self::send( $do, $ids, $until ), __( 'Done for every contract chosen.', 'relance' ) );
		wp_safe_redirect( self::list_shown() );
		exit;
	}

	// The list as it was: its search, filter, order and page, without what the action was asked with.
	private static function list_shown(): string {
		$url = wp_get_referer();
		return $url ? remove_query_arg( array( 'action', 'action2', 'contracts', 'until', '_wpnonce', '_wp_http_referer' ), $url ) : ContractsScreen::url();
	}

	private static function wrong( string $do, array $ids, string $until ): ?\WP_Error {
		if ( ! $ids ) {
			return new \WP_Error( 'relance', __( 'No contract was chosen.', 'relance' ) );
		}
		return 'pause' === $do && ! Dates::is_date( $until )
			? new \WP_Error( 'relance', __( 'Pause until: expected a date.', 'relance' ) )
			: null;
	}

	private static function send( string $do, array $ids, string $until ) {
		$refused = array();
		$more    = 'pause' === $do ? array(
			'until'  => $until,
			'reason' => __( 'From the shop\'s list of contracts', 'relance' ),
		) : array();
		foreach ( array_chunk( $ids, self::AT_ONCE ) as $some ) {
			$answer = Client::ask(
				'bulk',
				array(
					'do'        => $do,
					'contracts' => $some,
				) + $more
			);
			if ( is_wp_error( $answer ) ) {
				return $answer;
			}
			$refused = array_merge( $refused, self::refused( (array) ( $answer['results'] ?? array() ) ) );
		}
		return $refused ? new \WP_Error( 'relance', implode( ' · ', $refused ) ) : true;
	}

	private static function refused( array $results ): array {
		$refused = array();
		foreach ( $results as $result ) {
			if ( true !== ( $result['ok'] ?? false ) ) {
				$refused[] = 'CM-' . (int) ( $result['contract'] ?? 0 ) . ': ' . (string) ( $result['detail'] ?? '' );
			}
		}
		return $refused;
	}
}
