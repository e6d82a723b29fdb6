<?php

namespace Relance\Contracts;

defined( 'ABSPATH' ) || exit;

/**
 * What a product says about the contracts it opens. They are copied at the sale: a later change of the product changes no contract.
 */
final class Clauses {

	const ENABLED    = '_relance_maintenance';
	const MONTHS     = '_relance_months';
	const RENEWAL    = '_relance_renewal';
	const NOTICE     = '_relance_notice';
	const PLAN       = '_relance_plan';
	const SUSPENSION = '_relance_suspension';

	const RENEWALS    = array( 'explicit', 'tacit' );
	const SUSPENSIONS = array( 'care', 'notice' );
	const LONGEST     = 120;

	/**
	 * The clauses of a product; null where it is no maintenance contract.
	 *
	 * @param \WC_Product|null|false $product A product, or the parent of the variation that was bought.
	 * @return array<string,mixed>|null Columns of the table.
	 */
	public static function of( $product ): ?array {
		if ( ! $product instanceof \WC_Product || 'yes' !== $product->get_meta( self::ENABLED ) ) {
			return null;
		}
		$tacit = 'tacit' === $product->get_meta( self::RENEWAL );
		return array(
			'plan'       => '' !== (string) $product->get_meta( self::PLAN ) ? (string) $product->get_meta( self::PLAN ) : $product->get_name(),
			'months'     => self::months( $product->get_meta( self::MONTHS ) ),
			'renewal'    => $tacit ? 'tacit' : 'explicit',
			'notice'     => $tacit ? self::notice( $product->get_meta( self::NOTICE ) ) : null,
			'suspension' => 'notice' === $product->get_meta( self::SUSPENSION ) ? 'notice' : 'care',
		);
	}

	/**
	 * A number of months from 1 to 120; 12 where it is none.
	 *
	 * @param mixed $value As typed.
	 */
	public static function months( $value ): int {
		$months = (int) $value;
		return $months >= 1 && $months <= self::LONGEST ? $months : 12;
	}

	/**
	 * A period in words.
	 *
	 * @param string $period ISO 8601, `P2M` or `P30D`.
	 */
	public static function period_in_words( string $period ): string {
		$count = (int) substr( $period, 1 );
		return 'M' === substr( $period, -1 )
			/* translators: %d: number of months */
			? sprintf( _n( '%d month', '%d months', $count, 'relance' ), $count )
			/* translators: %d: number of days */
			: sprintf( _n( '%d day', '%d days', $count, 'relance' ), $count );
	}

	/**
	 * A notice period in months or days (ISO 8601, `P2M`, `P30D`); null where it is none.
	 *
	 * @param mixed $value As typed.
	 */
	public static function notice( $value ): ?string {
		$value = strtoupper( trim( (string) $value ) );
		return preg_match( '/^P[1-9]\d{0,2}[MD]$/D', $value ) ? $value : null;
	}
}
