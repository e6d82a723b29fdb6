<?php

namespace Relance\Shop;

use Relance\Contracts\Contract;
use Relance\Contracts\Repository;

defined( 'ABSPATH' ) || exit;

/**
 * Tools > Export personal data: a client's contracts are part of it. They are not erased there: a contract is kept as long as the
 * accounts it belongs to, like WooCommerce's own orders by default.
 */
final class Privacy {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_filter( 'wp_privacy_personal_data_exporters', array( $this, 'exporters' ) );
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
		$user      = get_user_by( 'email', $email );
		$contracts = array();
		foreach ( array_merge( Repository::of_email( $email ), Repository::of_customer( $user ? $user->ID : 0 ) ) as $contract ) {
			$contracts[ $contract->id ] = self::item( $contract );
		}
		return array(
			'data' => array_values( $contracts ),
			'done' => true,
		);
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
