<?php

namespace Relance\Rest;

use Relance\Contracts\Clauses;
use Relance\Contracts\ClientDetails;
use Relance\Contracts\Listing;
use Relance\Contracts\Status;
use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * The arguments of the routes, as WordPress checks them.
 */
final class Schema {

	/**
	 * Of the list.
	 */
	public static function listing(): array {
		return array(
			'page'           => self::number( 1, null, 1 ),
			'per_page'       => self::number( 1, 100, 10 ),
			'modified_after' => array(
				'type'              => 'string',
				'validate_callback' => static function ( $value ) {
					return is_string( $value ) && null !== Listing::instant( $value, true )
						? true
						: self::invalid( 'modified_after', __( 'expected an instant such as 2026-11-21T21:34:18', 'relance' ) );
				},
			),
			'dates_are_gmt'  => array(
				'type'    => 'boolean',
				'default' => false,
			),
			'include'        => array(
				'type'    => 'array',
				'items'   => array( 'type' => 'integer' ),
				'default' => array(),
			),
			'status'         => self::one_of( array( 'any', 'active', 'declined', 'ended', 'cancelled' ), 'any' ),
			'orderby'        => self::one_of( array( 'id', 'modified' ), 'id' ),
			'order'          => self::one_of( array( 'asc', 'desc' ), 'asc' ),
		);
	}

	/**
	 * Of a change: the clauses, the client and the end; not the term, which payments and the service decide.
	 */
	public static function change(): array {
		$text = array( 'type' => 'string' );
		return array(
			'status'           => self::one_of( array( 'active', 'declined', 'ended', 'cancelled' ) ),
			'declined_by'      => self::one_of( array( 'client', 'agency' ) ),
			'billing'          => array(
				'type'                 => 'object',
				'properties'           => array_fill_keys( ClientDetails::FIELDS, $text ),
				'additionalProperties' => false,
			),
			'plan'             => $text + array(
				'minLength' => 1,
				'maxLength' => 191,
			),
			'renewal'          => self::one_of( Clauses::RENEWALS ),
			'notice'           => array(
				'type'    => array( 'string', 'null' ),
				'pattern' => '^P[1-9][0-9]{0,2}[MD]$',
			),
			'concluded_online' => array( 'type' => array( 'boolean', 'null' ) ),
			'suspension'       => self::one_of( Clauses::SUSPENSIONS ),
			'site_url'         => array(
				'type'      => array( 'string', 'null' ),
				'format'    => 'uri',
				'pattern'   => '^https?://[^ ]+$',
				'maxLength' => 255,
			),
		);
	}

	/**
	 * Of a new contract, such as one that was sold outside the shop.
	 */
	public static function creation(): array {
		$required = array( 'required' => true );
		return array(
			'customer_id'  => self::number( 0, null, 0 ),
			'product_id'   => self::number( 0, null, 0 ),
			'variation_id' => self::number( 0, null, 0 ),
			'sku'          => array(
				'type'      => 'string',
				'maxLength' => 100,
			),
			'months'       => self::number( 1, Clauses::LONGEST, 12 ),
			'term_start'   => self::date() + $required,
			'price'        => array(
				'type'    => 'string',
				'pattern' => '^[0-9]{1,12}(\.[0-9]{1,4})?$',
			) + $required,
			'currency'     => array(
				'type'    => 'string',
				'pattern' => '^[A-Z]{3}$',
			),
			'plan'         => self::change()['plan'] + $required,
			'billing'      => self::change()['billing'] + $required,
		) + self::change();
	}

	/**
	 * Of a status that the service posts.
	 */
	public static function status(): array {
		$required = array( 'required' => true );
		$date     = array( 'type' => array( 'string', 'null' ) );
		return array(
			'rev'              => self::number( 0 ) + $required,
			'standing'         => self::one_of( Status::STANDINGS ) + $required,
			'term_no'          => self::number( 1 ) + $required,
			'term_start'       => self::date() + $required,
			'term_end'         => self::date() + $required,
			'next'             => array( 'type' => array( 'object', 'null' ) ),
			'suspended_on'     => $date,
			'paused_until'     => $date,
			'pause_reason'     => $date,
			'renewal_order_id' => self::number( 0, null, 0 ),
			'timeline'         => array(
				'type'     => 'array',
				'items'    => array( 'type' => 'object' ),
				'maxItems' => 100,
				'default'  => array(),
			),
			'latest_order_id'  => array(
				'type'    => array( 'integer', 'null' ),
				'minimum' => 0,
			),
			'url'              => $date,
		);
	}

	/**
	 * The error of an argument that is not what was expected.
	 *
	 * @param string $field Its name.
	 * @param string $what  What was expected.
	 */
	public static function invalid( string $field, string $what ): \WP_Error {
		return new \WP_Error( 'relance_rest_invalid_param', $field . ': ' . $what, array( 'status' => 400 ) );
	}

	private static function date(): array {
		return array(
			'type'              => 'string',
			'validate_callback' => static function ( $value, $request, $name ) {
				return Dates::is_date( $value ) ? true : self::invalid( $name, __( 'expected a date such as 2026-11-21', 'relance' ) );
			},
		);
	}

	private static function number( int $from, ?int $to = null, ?int $default = null ): array {
		$number = array(
			'type'    => 'integer',
			'minimum' => $from,
		);
		if ( null !== $to ) {
			$number['maximum'] = $to;
		}
		if ( null !== $default ) {
			$number['default'] = $default;
		}
		return $number;
	}

	private static function one_of( array $words, ?string $default = null ): array {
		return array(
			'type' => 'string',
			'enum' => $words,
		) + ( null === $default ? array() : array( 'default' => $default ) );
	}
}
