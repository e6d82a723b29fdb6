<?php

namespace Relance\Shop;

use Relance\Contracts\Contract;
use Relance\Contracts\Repository;

defined( 'ABSPATH' ) || exit;

/**
 * Tools > Export personal data: a client's contracts are part of it. Tools > Erase personal data says that they are kept: as long as the
 * accounts they belong to, like WooCommerce's own orders by default.
 */
final class Privacy {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( $this, 'exporters' ) );
		add_filter( 'wp_privacy_personal_data_erasers', array( $this, 'erasers' ) );
		add_action( 'admin_init', array( $this, 'policy' ) );
	}

	/**
	 * Adds the exporter.
	 *
	 * @param array $exporters As before.
	 */
	public function exporters( $exporters ): array {
		$exporters['relance'] = array(
			'exporter_friendly_name' => __( 'Maintenance contracts', 'relance' ),
			'callback'               => array( $this, 'export' ),
		);
		return $exporters;
	}

	/**
	 * The contracts of a person, in one page: nobody has thousands.
	 *
	 * @param string $email Of the person.
	 */
	public function export( $email ): array {
		return array(
			'data' => array_map( array( self::class, 'item' ), self::contracts( (string) $email ) ),
			'done' => true,
		);
	}

	/**
	 * Adds the eraser.
	 *
	 * @param array $erasers As before.
	 */
	public function erasers( $erasers ): array {
		$erasers['relance'] = array(
			'eraser_friendly_name' => __( 'Maintenance contracts', 'relance' ),
			'callback'             => array( $this, 'erase' ),
		);
		return $erasers;
	}

	/**
	 * Erases nothing, and says which contracts are kept, so that whoever erases knows.
	 *
	 * @param string $email Of the person.
	 */
	public function erase( $email ): array {
		$messages = array_map(
			static function ( Contract $contract ) {
				/* translators: %s: number of a contract */
				return sprintf( __( 'Maintenance contract %s is kept with the accounts it belongs to.', 'relance' ), $contract->number() );
			},
			self::contracts( (string) $email )
		);
		return array(
			'items_removed'  => false,
			'items_retained' => array() !== $messages,
			'messages'       => $messages,
			'done'           => true,
		);
	}

	/**
	 * What a site's privacy policy may say.
	 */
	public function policy(): void {
		wp_add_privacy_policy_content( 'Relance', wp_kses_post( wpautop( __( 'When you buy a maintenance contract, we keep its terms and your billing details, and send them to the Relance service that we run or have chosen, which writes to you about its renewal. They are kept as long as our accounts.', 'relance' ) ) ) );
	}

	/**
	 * @param string $email Of the person.
	 * @return Contract[] With the address, or with the account of that address.
	 */
	private static function contracts( string $email ): array {
		$user  = get_user_by( 'email', $email );
		$found = array();
		foreach ( array_merge( Repository::of_email( $email ), Repository::of_customer( $user ? $user->ID : 0 ) ) as $contract ) {
			$found[ $contract->id ] = $contract;
		}
		return array_values( $found );
	}

	private static function item( Contract $contract ): array {
		$data = array();
		foreach ( array_merge( array_diff_key( $contract->to_wire(), array( 'billing' => true ) ), $contract->billing ) as $name => $value ) {
			$data[] = array(
				'name'  => $name,
				'value' => is_bool( $value ) ? ( $value ? 'yes' : 'no' ) : (string) $value,
			);
		}
		foreach ( $contract->timeline() as $event ) {
			$data[] = array(
				'name'  => is_string( $event['at'] ?? null ) ? $event['at'] : '',
				'value' => implode( ' ', array_filter( array( $event['label'] ?? null, $event['to'] ?? null ), 'is_string' ) ),
			);
		}
		return array(
			'group_id'    => 'relance',
			'group_label' => __( 'Maintenance contracts', 'relance' ),
			'item_id'     => 'relance-' . $contract->id,
			'data'        => $data,
		);
	}
}
