<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * Dates are texts `yyyy-mm-dd` in the shop's time zone; instants are texts in GMT as WooCommerce writes them.
 */
final class Dates {

	/**
	 * Today, in the shop's time zone.
	 */
	public static function today(): string {
		return current_datetime()->format( 'Y-m-d' );
	}

	/**
	 * Now in GMT, as MySQL stores it.
	 */
	public static function now_gmt(): string {
		return gmdate( 'Y-m-d H:i:s' );
	}

	/**
	 * The day that lies so many days later (or earlier).
	 *
	 * @param string $date `yyyy-mm-dd`.
	 * @param int    $days May be negative.
	 */
	public static function plus_days( string $date, int $days ): string {
		return self::at( $date )->modify( sprintf( '%+d days', $days ) )->format( 'Y-m-d' );
	}

	/**
	 * The same day so many months later; the month's last day where that day does not exist.
	 *
	 * @param string $date   `yyyy-mm-dd`.
	 * @param int    $months Zero or more.
	 */
	public static function plus_months( string $date, int $months ): string {
		$first = self::at( substr( $date, 0, 8 ) . '01' )->modify( sprintf( '%+d months', $months ) );
		$day   = min( (int) substr( $date, 8, 2 ), (int) $first->format( 't' ) );
		return $first->format( 'Y-m-' ) . sprintf( '%02d', $day );
	}

	/**
	 * Whether this is a date that exists, written `yyyy-mm-dd`.
	 *
	 * @param mixed $text Anything.
	 */
	public static function is_date( $text ): bool {
		return is_string( $text ) && 1 === preg_match( '/^(\d{4})-(\d{2})-(\d{2})$/D', $text, $m ) && checkdate( (int) $m[2], (int) $m[3], (int) $m[1] );
	}

	/**
	 * A date as the site writes dates, for people; a dash where there is none.
	 *
	 * @param mixed $date `yyyy-mm-dd`, or anything that came over the wire.
	 */
	public static function shown( $date ): string {
		return self::is_date( $date ) ? (string) wp_date( get_option( 'date_format' ), self::at( $date )->getTimestamp(), new \DateTimeZone( 'UTC' ) ) : '—';
	}

	/**
	 * An instant as the site writes dates and times, for people; a dash where there is none.
	 *
	 * @param mixed $instant In GMT, with or without Z or offset.
	 */
	public static function shown_instant( $instant ): string {
		$time = is_string( $instant ) && '' !== $instant ? strtotime( preg_match( '/(Z|[+-]\d{2}:?\d{2})$/', $instant ) ? $instant : $instant . ' UTC' ) : false;
		return false === $time ? '—' : (string) wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $time );
	}

	/**
	 * An instant of the database as WooCommerce's REST API writes it.
	 *
	 * @param string|null $stored `yyyy-mm-dd hh:mm:ss` in GMT.
	 */
	public static function instant( ?string $stored ): ?string {
		return $stored ? str_replace( ' ', 'T', $stored ) : null;
	}

	private static function at( string $date ): \DateTimeImmutable {
		return new \DateTimeImmutable( $date . ' 00:00:00', new \DateTimeZone( 'UTC' ) );
	}
}
