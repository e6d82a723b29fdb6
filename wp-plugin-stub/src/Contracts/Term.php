<?php

namespace Relance\Contracts;

use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * Paid periods, both days included, in local dates. The nth is always counted from the first start, so that month ends do not drift.
 */
final class Term {

	/**
	 * The nth term.
	 *
	 * @param string $first  First day of the first term.
	 * @param int    $months Months of a term.
	 * @param int    $no     From 1.
	 * @return string[] First and last day.
	 */
	public static function nth( string $first, int $months, int $no ): array {
		return array(
			Dates::plus_months( $first, $months * ( $no - 1 ) ),
			Dates::plus_days( Dates::plus_months( $first, $months * $no ), -1 ),
		);
	}

	/**
	 * The term after the current one. Where the service moved the current one, the next begins the day after it.
	 *
	 * @param Contract $contract The contract.
	 * @param int      $no       The term's number, above the current one.
	 * @return array<string,mixed> Columns of the table.
	 */
	public static function following( Contract $contract, int $no ): array {
		$counted = $contract->first_start && self::nth( $contract->first_start, $contract->months, $contract->term_no )[1] === $contract->term_end;
		$first   = $counted ? $contract->first_start : Dates::plus_days( $contract->term_end, 1 );

		list( $start, $end ) = self::nth( $first, $contract->months, $counted ? $no : $no - $contract->term_no );
		return array(
			'first_start' => $counted ? $first : null,
			'term_no'     => $no,
			'term_start'  => $start,
			'term_end'    => $end,
		);
	}
}
