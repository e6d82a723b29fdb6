<?php

namespace Relance\Contracts;

use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * Pages of contracts, for the REST API and for the list in wp-admin: one query for the page, one for the total.
 */
final class Listing {

	const ORDER_BY = array(
		'id'       => 'id',
		'modified' => 'date_modified_gmt',
		'client'   => 'client',
		'site'     => 'site_url',
		'plan'     => 'plan',
		'term'     => 'term_end',
		'standing' => 'standing',
		'price'    => 'price',
	);

	/** @var string[] */
	private array $conditions = array( '1 = 1' );

	/** @var array */
	private array $values = array();

	/** @var string */
	private string $order = 'id ASC';

	/**
	 * Those with this status in the shop.
	 *
	 * @param string $status active, declined, ended or cancelled; empty or `any`: all.
	 */
	public function with_status( string $status ): self {
		return '' === $status || 'any' === $status ? $this : $this->that( 'status = %s', array( $status ) );
	}

	/**
	 * Those that stand so; what was declined, ended or cancelled here stands so whatever the service said before.
	 *
	 * @param string $standing A standing.
	 */
	public function standing( string $standing ): self {
		$now = "CASE WHEN standing = 'ended' THEN 'ended' WHEN status <> 'active' THEN status WHEN standing = '' THEN 'active' ELSE standing END";
		return '' === $standing ? $this : $this->that( "{$now} = %s", array( $standing ) );
	}

	/**
	 * Those changed after an instant.
	 *
	 * @param string $gmt `yyyy-mm-dd hh:mm:ss`; that second is not included.
	 */
	public function modified_after( string $gmt ): self {
		return '' === $gmt ? $this : $this->that( 'date_modified_gmt > %s', array( $gmt ) );
	}

	/**
	 * Those with these ids; none given means all.
	 *
	 * @param int[] $ids Ids.
	 */
	public function only( array $ids ): self {
		return $ids ? $this->that( 'id IN (' . implode( ',', array_map( 'intval', $ids ) ) . ')', array() ) : $this;
	}

	/**
	 * Those in which a text occurs: number, client, e-mail, site, plan.
	 *
	 * @param string $text As typed.
	 */
	public function containing( string $text ): self {
		global $wpdb;
		$text = trim( $text );
		if ( '' === $text ) {
			return $this;
		}
		if ( preg_match( '/^CM-(\d+)$/i', $text, $number ) ) {
			return $this->that( 'id = %d', array( (int) $number[1] ) );
		}
		$like = '%' . $wpdb->esc_like( $text ) . '%';
		return $this->that( '( client LIKE %s OR email LIKE %s OR site_url LIKE %s OR plan LIKE %s )', array( $like, $like, $like, $like ) );
	}

	/**
	 * Sorts; equal rows by id, so that no page shows one twice.
	 *
	 * @param string $by        A key of ORDER_BY.
	 * @param string $direction asc or desc.
	 */
	public function sorted( string $by, string $direction ): self {
		$way         = 'desc' === strtolower( $direction ) ? 'DESC' : 'ASC';
		$column      = self::ORDER_BY[ $by ] ?? 'id';
		$this->order = "{$column} {$way}, id {$way}";
		return $this;
	}

	/**
	 * One page.
	 *
	 * @param int $page From 1.
	 * @param int $size Rows of a page.
	 * @return Contract[]
	 */
	public function page( int $page, int $size ): array {
		global $wpdb;
		$table = Table::name();
		$where = implode( ' AND ', $this->conditions );
		// phpcs:ignore WordPress.DB.PreparedSQL -- conditions and order are written in this class
		$sql = $wpdb->prepare( "SELECT * FROM {$table} WHERE {$where} ORDER BY {$this->order} LIMIT %d OFFSET %d", array_merge( $this->values, array( $size, ( $page - 1 ) * $size ) ) );
		return array_map(
			static function ( array $row ) {
				return new Contract( $row );
			},
			$wpdb->get_results( $sql, ARRAY_A ) // phpcs:ignore WordPress.DB.PreparedSQL
		);
	}

	/**
	 * How many there are in all.
	 */
	public function total(): int {
		global $wpdb;
		$table = Table::name();
		$sql   = "SELECT COUNT(*) FROM {$table} WHERE " . implode( ' AND ', $this->conditions );
		// phpcs:ignore WordPress.DB.PreparedSQL -- conditions are written in this class
		return (int) $wpdb->get_var( $this->values ? $wpdb->prepare( $sql, $this->values ) : $sql );
	}

	/**
	 * An instant as asked for, in GMT as stored; null where it is none. Naive local text is in the shop's time zone.
	 *
	 * @param string $text `2026-11-21T21:34:18`, also with Z or an offset.
	 * @param bool   $gmt  Naive text is GMT.
	 */
	public static function instant( string $text, bool $gmt ): ?string {
		if ( ! preg_match( '/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?$/D', $text ) || ! Dates::is_date( substr( $text, 0, 10 ) ) ) {
			return null;
		}
		$instant = date_create_immutable( $text, $gmt ? new \DateTimeZone( 'UTC' ) : wp_timezone() );
		return $instant ? $instant->setTimezone( new \DateTimeZone( 'UTC' ) )->format( 'Y-m-d H:i:s' ) : null;
	}

	private function that( string $condition, array $values ): self {
		$this->conditions[] = $condition;
		$this->values       = array_merge( $this->values, $values );
		return $this;
	}
}
