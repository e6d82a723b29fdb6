<?php

namespace Relance\Admin;

use Relance\Contracts\Contract;
use Relance\Contracts\Repository;
use Relance\Standings;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce > Maintenance: the list of contracts, and one contract.
 */
final class ContractsScreen {

	const SLUG = 'relance-contracts';

	/** @var ContractsTable|null Made before the page is printed, since bulk actions redirect. */
	private ?ContractsTable $table = null;

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'admin_menu', array( $this, 'menu' ), 60 );
	}

	/**
	 * The address of the list, or of a contract.
	 *
	 * @param int $id Zero: the list.
	 */
	public static function url( int $id = 0 ): string {
		return admin_url( 'admin.php?page=' . self::SLUG . ( $id > 0 ? '&contract=' . $id : '' ) );
	}

	/**
	 * Adds the page.
	 */
	public function menu(): void {
		$hook = add_submenu_page( 'woocommerce', __( 'Maintenance contracts', 'relance' ), __( 'Maintenance', 'relance' ), 'manage_woocommerce', self::SLUG, array( $this, 'show' ) );
		add_action( 'load-' . $hook, array( $this, 'load' ) );
	}

	/**
	 * Before anything is printed: bulk actions, and an address without the nonce of the form.
	 */
	public function load(): void {
		if ( self::asked() > 0 ) {
			return;
		}
		$this->table = new ContractsTable();
		BulkActions::handle( $this->table );
		// phpcs:ignore WordPress.Security.NonceVerification -- only redirects
		if ( ! empty( $_GET['_wp_http_referer'] ) ) {
			wp_safe_redirect( remove_query_arg( array( '_wp_http_referer', '_wpnonce', 'action', 'action2', 'filter_action', 'until' ) ) );
			exit;
		}
	}

	/**
	 * Prints the page.
	 */
	public function show(): void {
		echo '<div class="wrap relance-contracts">';
		$id       = self::asked();
		$contract = $id > 0 ? Repository::find( $id ) : null;
		if ( $contract ) {
			self::contract( $contract );
		} elseif ( $this->table ) {
			$this->list_contracts();
		} else {
			printf( '<h1>%s</h1><p>%s</p><p><a href="%s">← %s</a></p>', esc_html__( 'Maintenance contracts', 'relance' ), esc_html__( 'There is no such contract.', 'relance' ), esc_url( self::url() ), esc_html__( 'All contracts', 'relance' ) );
		}
		echo '</div>';
	}

	private function list_contracts(): void {
		echo '<h1 class="wp-heading-inline">' . esc_html__( 'Maintenance contracts', 'relance' ) . '</h1><hr class="wp-header-end">';
		Flash::show();
		$this->table->prepare_items();
		echo '<form method="get"><input type="hidden" name="page" value="' . esc_attr( self::SLUG ) . '">';
		$this->table->search_box( __( 'Search contracts', 'relance' ), 'relance' );
		$this->table->display();
		echo '</form>';
	}

	private static function contract( Contract $contract ): void {
		printf( '<h1>%s — %s %s</h1>', esc_html( $contract->number() ), esc_html( $contract->client ), Standings::badge( $contract->standing() ) ); // phpcs:ignore -- badge() escapes
		Flash::show();
		printf( '<p><a href="%s">← %s</a></p>', esc_url( self::url() ), esc_html__( 'All contracts', 'relance' ) );
		echo '<div class="relance-columns"><div class="relance-card"><h2>' . esc_html__( 'Contract', 'relance' ) . '</h2>';
		ContractCard::show( $contract );
		echo '</div><div class="relance-card"><h2>Relance</h2>';
		StatusBox::facts( $contract );
		StatusBox::timeline( $contract );
		StatusBox::pausing( $contract );
		RefusalForm::show( $contract );
		echo '</div></div>';
	}

	private static function asked(): int {
		// phpcs:ignore WordPress.Security.NonceVerification -- only shows
		return isset( $_GET['contract'] ) && ! is_array( $_GET['contract'] ) ? absint( $_GET['contract'] ) : 0;
	}
}
