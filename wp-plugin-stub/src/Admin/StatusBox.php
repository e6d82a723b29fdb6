<?php

namespace Relance\Admin;

use Relance\Contracts\Contract;
use Relance\Contracts\Refusal;
use Relance\Contracts\Repository;
use Relance\Dates;
use Relance\Settings;
use Relance\Standings;

defined( 'ABSPATH' ) || exit;

/**
 * The box on orders and contracts: standing, what comes next, what was sent, pause and resume.
 */
final class StatusBox {

	const LONGEST = 20;

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'add_meta_boxes', array( $this, 'add' ), 30, 2 );
	}

	/**
	 * Adds the box to orders that a contract has to do with, in both kinds of storage.
	 *
	 * @param string           $screen Post type, or the screen of HPOS.
	 * @param \WP_Post|\WC_Order $object The order.
	 */
	public function add( $screen, $object = null ): void {
		$order = $object instanceof \WP_Post ? ( 'shop_order' === $object->post_type ? wc_get_order( $object->ID ) : null ) : $object;
		if ( $order instanceof \WC_Order && current_user_can( 'manage_woocommerce' ) && Repository::of_order( $order->get_id() ) ) {
			add_meta_box( 'relance-status', __( 'Maintenance (Relance)', 'relance' ), array( $this, 'on_order' ), null, 'side', 'high' );
		}
	}

	/**
	 * The box of an order. Its forms stand outside the order's own form: forms cannot nest.
	 *
	 * @param \WP_Post|\WC_Order $object The order.
	 */
	public function on_order( $object ): void {
		$id = $object instanceof \WP_Post ? $object->ID : $object->get_id();
		foreach ( Repository::of_order( $id ) as $contract ) {
			printf( '<p class="relance-title"><a href="%s"><strong>%s</strong></a> %s</p>', esc_url( ContractsScreen::url( $contract->id ) ), esc_html( $contract->number() ), esc_html( $contract->plan ) );
			self::facts( $contract );
			self::timeline( $contract );
			self::links( $contract );
		}
	}

	// What the contract's page offers.
	private static function links( Contract $contract ): void {
		if ( Settings::link() && $contract->is_open() ) {
			printf( '<p><a class="button" href="%s">%s</a></p>', esc_url( ContractsScreen::url( $contract->id ) . '#relance-pause' ), $contract->paused_until() ? esc_html__( 'Resume…', 'relance' ) : esc_html__( 'Pause…', 'relance' ) );
		}
		if ( Refusal::is_open( $contract ) ) {
			printf( '<p><a href="%s">%s</a></p>', esc_url( add_query_arg( RefusalForm::OPEN, 1, ContractsScreen::url( $contract->id ) ) . '#relance-refusal' ), esc_html__( 'The client does not renew…', 'relance' ) );
		}
	}

	/**
	 * Standing, term, next message, pause.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function facts( Contract $contract ): void {
		echo '<table class="relance-facts">';
		self::row( __( 'Standing', 'relance' ), Standings::badge( $contract->standing() ) );
		if ( '' !== $contract->other_word() ) {
			self::row( __( 'The service still says', 'relance' ), Standings::badge( $contract->other_word() ) );
		}
		/* translators: 1: first day, 2: last day */
		self::row( __( 'Term', 'relance' ), esc_html( sprintf( __( '%1$s to %2$s', 'relance' ), Dates::shown( $contract->term_start ), Dates::shown( $contract->term_end ) ) ) );
		self::row( __( 'Next', 'relance' ), esc_html( self::next( $contract ) ) );
		if ( $contract->paused_until() ) {
			self::row( __( 'Paused until', 'relance' ), esc_html( trim( Dates::shown( $contract->paused_until() ) . ' — ' . ( $contract->relance['pause_reason'] ?? '' ), ' —' ) ) );
		}
		echo '</table>';
		$url = esc_url( (string) ( $contract->relance['url'] ?? '' ), array( 'http', 'https' ) );
		if ( '' !== $url ) {
			echo '<p><a href="' . $url . '">' . esc_html__( 'Open in Relance', 'relance' ) . '</a></p>'; // phpcs:ignore -- escaped above
		}
	}

	/**
	 * What was sent and what happened.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function timeline( Contract $contract ): void {
		if ( ! $contract->timeline() ) {
			return;
		}
		echo '<ol class="relance-timeline">';
		foreach ( array_slice( $contract->timeline(), 0, self::LONGEST ) as $event ) {
			$to = is_string( $event['to'] ?? null ) && '' !== $event['to'] ? ' → ' . $event['to'] : '';
			printf(
				'<li class="relance-kind-%s"><time>%s</time> %s</li>',
				esc_attr( sanitize_html_class( is_string( $event['kind'] ?? null ) ? $event['kind'] : '' ) ),
				esc_html( Dates::shown_instant( $event['at'] ?? null ) ),
				esc_html( ( is_string( $event['label'] ?? null ) ? $event['label'] : '' ) . $to )
			);
		}
		echo '</ol>';
	}

	/**
	 * The forms that pause or resume the reminders; the service decides and answers.
	 *
	 * @param Contract $contract The contract.
	 */
	public static function pausing( Contract $contract ): void {
		if ( ! Settings::link() || ! $contract->is_open() ) {
			return;
		}
		echo '<div id="relance-pause">';
		if ( $contract->paused_until() ) {
			Action::form( 'relance_resume', '', $contract->id );
			printf( '<button class="button">%s</button></form></div>', esc_html__( 'Resume reminders', 'relance' ) );
			return;
		}
		Action::form( 'relance_pause', '', $contract->id );
		printf( '<p><label>%s <input type="date" name="until" min="%s" required></label></p>', esc_html__( 'Pause reminders until', 'relance' ), esc_attr( Dates::today() ) );
		printf( '<p><label>%s <input type="text" name="reason" class="regular-text" maxlength="200"></label></p>', esc_html__( 'Reason', 'relance' ) );
		printf( '<button class="button">%s</button></form></div>', esc_html__( 'Pause reminders', 'relance' ) );
	}

	private static function next( Contract $contract ): string {
		if ( null === $contract->relance ) {
			return __( 'The service has not spoken yet.', 'relance' );
		}
		$next = $contract->next();
		return $next ? $next['label'] . ', ' . Dates::shown( $next['on'] ) . ( '' !== $next['waits_for'] ? ' — ' . $next['waits_for'] : '' ) : '—';
	}

	private static function row( string $name, string $html ): void {
		echo '<tr><th scope="row">' . esc_html( $name ) . '</th><td>' . $html . '</td></tr>'; // phpcs:ignore -- escaped by the callers
	}
}
