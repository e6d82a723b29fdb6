<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * The standings, in words.
 */
final class Standings {

	/**
	 * All of them, for filters.
	 *
	 * @return string[] Words by code.
	 */
	public static function all(): array {
		return array(
			'active'      => __( 'Active', 'relance' ),
			'renewal-due' => __( 'Renewal due', 'relance' ),
			'grace'       => __( 'Grace period', 'relance' ),
			'suspended'   => __( 'Suspended', 'relance' ),
			'declined'    => __( 'Not renewed', 'relance' ),
			'ended'       => __( 'Ended', 'relance' ),
			'cancelled'   => __( 'Cancelled', 'relance' ),
		);
	}

	/**
	 * A standing as a badge, in HTML that is safe to print; empty where there is none.
	 *
	 * @param string $code A code, or anything.
	 */
	public static function badge( string $code ): string {
		$words = self::all();
		return isset( $words[ $code ] )
			? sprintf( '<span class="relance-badge relance-%s">%s</span>', esc_attr( $code ), esc_html( $words[ $code ] ) )
			: '';
	}
}
