<?php

namespace Relance\Admin;

use Relance\Contracts\Clauses;

defined( 'ABSPATH' ) || exit;

/**
 * Product data > Maintenance contract: what a sale of this product opens.
 */
final class ProductFields {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_filter( 'woocommerce_product_data_tabs', array( $this, 'tab' ) );
		add_action( 'woocommerce_product_data_panels', array( $this, 'panel' ) );
		add_action( 'woocommerce_admin_process_product_object', array( $this, 'save' ) );
	}

	/**
	 * Adds the tab.
	 *
	 * @param array $tabs As before.
	 */
	public function tab( $tabs ): array {
		$tabs['relance'] = array(
			'label'    => __( 'Maintenance contract', 'relance' ),
			'target'   => 'relance_product_data',
			'class'    => array(),
			'priority' => 75,
		);
		return $tabs;
	}

	/**
	 * Prints the fields. WooCommerce's functions escape them and fill in what is stored.
	 */
	public function panel(): void {
		echo '<div id="relance_product_data" class="panel woocommerce_options_panel hidden"><div class="options_group">';
		woocommerce_wp_checkbox(
			array(
				'id'          => Clauses::ENABLED,
				'label'       => __( 'Maintenance contract', 'relance' ),
				'description' => __( 'A paid order of this product opens a contract, or renews one', 'relance' ),
			)
		);
		woocommerce_wp_text_input(
			array(
				'id'          => Clauses::PLAN,
				'label'       => __( 'Plan', 'relance' ),
				'placeholder' => __( 'Name of the product', 'relance' ),
			)
		);
		woocommerce_wp_text_input(
			array(
				'id'                => Clauses::MONTHS,
				'label'             => __( 'Months', 'relance' ),
				'type'              => 'number',
				'placeholder'       => '12',
				'custom_attributes' => array(
					'min' => '1',
					'max' => (string) Clauses::LONGEST,
				),
			)
		);
		self::choices();
		echo '</div></div>';
	}

	/**
	 * Stores the fields; what is not what was expected takes the usual value. WooCommerce has checked capability and nonce.
	 *
	 * @param \WC_Product $product Saved afterwards by WooCommerce.
	 */
	public function save( $product ): void {
		$tacit = 'tacit' === Action::text( Clauses::RENEWAL );
		$product->update_meta_data( Clauses::ENABLED, '' !== Action::text( Clauses::ENABLED ) ? 'yes' : 'no' );
		$product->update_meta_data( Clauses::PLAN, Action::text( Clauses::PLAN ) );
		$product->update_meta_data( Clauses::MONTHS, (string) Clauses::months( Action::text( Clauses::MONTHS ) ) );
		$product->update_meta_data( Clauses::RENEWAL, $tacit ? 'tacit' : 'explicit' );
		$product->update_meta_data( Clauses::NOTICE, (string) Clauses::notice( Action::text( Clauses::NOTICE ) ) );
		$product->update_meta_data( Clauses::SUSPENSION, 'notice' === Action::text( Clauses::SUSPENSION ) ? 'notice' : 'care' );
	}

	private static function choices(): void {
		woocommerce_wp_select(
			array(
				'id'      => Clauses::RENEWAL,
				'label'   => __( 'Renewal', 'relance' ),
				'options' => array(
					'explicit' => __( 'By payment: ends unless the client renews', 'relance' ),
					'tacit'    => __( 'Tacit: goes on unless the client refuses in time', 'relance' ),
				),
			)
		);
		woocommerce_wp_select(
			array(
				'id'      => Clauses::NOTICE,
				'label'   => __( 'Notice period (tacit renewal)', 'relance' ),
				'options' => self::notices(),
			)
		);
		woocommerce_wp_select(
			array(
				'id'      => Clauses::SUSPENSION,
				'label'   => __( 'If it is not renewed', 'relance' ),
				'options' => array(
					'care'   => __( 'Maintenance stops', 'relance' ),
					'notice' => __( 'Maintenance stops, and administrators of the site see a notice', 'relance' ),
				),
			)
		);
	}

	// One that was set elsewhere is offered too: saving the product for another reason must not change it.
	private static function notices(): array {
		global $product_object;
		$stored  = $product_object instanceof \WC_Product ? Clauses::notice( $product_object->get_meta( Clauses::NOTICE ) ) : null;
		$periods = array_unique( array_merge( array( 'P15D', 'P1M', 'P2M', 'P3M' ), array_filter( array( $stored ) ) ) );
		return array( '' => __( 'None', 'relance' ) ) + array_combine( $periods, array_map( array( Clauses::class, 'period_in_words' ), $periods ) );
	}
}
