<?php

namespace Relance\Contracts;

use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * One maintenance contract, as stored. Only `Repository` writes it.
 */
final class Contract {

	/** @var array<string,mixed> */
	private array $row;

	/**
	 * @param array<string,mixed> $row A row of the table.
	 */
	public function __construct( array $row ) {
		foreach ( array( 'id', 'customer_id', 'order_id', 'order_item_id', 'sequence', 'latest_order_id', 'renewal_order_id', 'product_id', 'variation_id', 'months', 'term_no', 'status_rev' ) as $name ) {
			$row[ $name ] = (int) $row[ $name ];
		}
		$row['concluded_online'] = null === $row['concluded_online'] ? null : (bool) $row['concluded_online'];
		$row['billing']          = (array) json_decode( (string) $row['billing'], true );
		$row['relance']          = null === $row['relance'] ? null : json_decode( (string) $row['relance'], true );
		$this->row               = $row;
	}

	/**
	 * A column of the table.
	 *
	 * @param string $name Its name.
	 * @return mixed
	 */
	public function __get( string $name ) {
		return $this->row[ $name ];
	}

	/**
	 * Whether a column is there and not null.
	 *
	 * @param string $name Its name.
	 */
	public function __isset( string $name ): bool {
		return isset( $this->row[ $name ] );
	}

	/**
	 * The number people use.
	 */
	public function number(): string {
		return 'CM-' . $this->id;
	}

	/**
	 * What the contract is now: the service's word, except where it was declined, ended or cancelled here. `Listing` says the same in SQL.
	 */
	public function standing(): string {
		if ( 'active' !== $this->status && 'ended' !== $this->standing ) {
			return $this->status;
		}
		return '' === $this->standing ? 'active' : $this->standing;
	}

	/**
	 * What the service says of a contract that was closed here: it has not heard of it yet, or a person there decides. Empty where they agree.
	 */
	public function other_word(): string {
		return 'active' === $this->status || in_array( $this->standing, array( 'declined', 'ended' ), true ) ? '' : $this->standing;
	}

	/**
	 * Whether a payment may renew it.
	 */
	public function is_open(): bool {
		return ! in_array( $this->standing(), array( 'declined', 'ended', 'cancelled' ), true );
	}

	/**
	 * What comes next, according to the service: label, on and waits_for, as texts; null where nothing does.
	 *
	 * @return string[]|null
	 */
	public function next(): ?array {
		$next = $this->relance['next'] ?? null;
		$said = array();
		foreach ( array( 'label', 'on', 'waits_for' ) as $name ) {
			$said[ $name ] = is_array( $next ) && is_string( $next[ $name ] ?? null ) ? $next[ $name ] : '';
		}
		return '' === $said['label'] ? null : $said;
	}

	/**
	 * Until when the reminders are paused; null where they are not (or no longer).
	 */
	public function paused_until(): ?string {
		$until = $this->relance['paused_until'] ?? null;
		return Dates::is_date( $until ) && $until >= Dates::today() ? $until : null;
	}

	/**
	 * What was sent and what happened, the newest first: at, kind, label, step, to.
	 *
	 * @return array[]
	 */
	public function timeline(): array {
		return array_filter( (array) ( $this->relance['timeline'] ?? array() ), 'is_array' );
	}

	/**
	 * The price of a term with its currency, as text in HTML that is safe to print.
	 */
	public function price_html(): string {
		return wc_price( (float) $this->price, array( 'currency' => $this->currency ) );
	}

	/**
	 * The contract as `wc-relance/v1` shows it.
	 *
	 * @return array<string,mixed>
	 */
	public function to_wire(): array {
		$wire = array( 'number' => $this->number() );
		foreach ( self::WIRE as $name ) {
			$wire[ $name ] = $this->row[ $name ];
		}
		foreach ( array( 'declined_at', 'ended_at', 'date_created_gmt', 'date_modified_gmt' ) as $name ) {
			$wire[ $name ] = Dates::instant( $this->row[ $name ] );
		}
		$wire['price'] = number_format( (float) $this->price, wc_get_price_decimals(), '.', '' );
		return $wire;
	}

	/** The columns of a contract that nobody declined or ended. */
	const GOES_ON = array(
		'status'          => 'active',
		'declined_at'     => null,
		'declined_by'     => null,
		'declined_user'   => null,
		'declined_reason' => null,
		'ended_at'        => null,
	);

	const WIRE = array(
		'id',
		'status',
		'customer_id',
		'billing',
		'order_id',
		'order_item_id',
		'sequence',
		'latest_order_id',
		'renewal_order_id',
		'product_id',
		'variation_id',
		'sku',
		'plan',
		'months',
		'renewal',
		'notice',
		'concluded_online',
		'suspension',
		'site_url',
		'term_no',
		'term_start',
		'term_end',
		'price',
		'currency',
		'declined_at',
		'declined_by',
		'declined_user',
		'declined_reason',
		'ended_at',
		'date_created_gmt',
		'date_modified_gmt',
	);
}
