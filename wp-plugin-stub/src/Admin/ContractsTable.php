<?php

namespace Relance\Admin;

use Relance\Contracts\Contract;
use Relance\Contracts\Listing;
use Relance\Dates;
use Relance\Standings;

defined( 'ABSPATH' ) || exit;

if ( ! class_exists( 'WP_List_Table' ) ) {
	require_once ABSPATH . 'wp-admin/includes/class-wp-list-table.php';
}

/**
 * The list of contracts: search, sort, filter, bulk pause. Two queries a page, whatever its size.
 */
final class ContractsTable extends \WP_List_Table {

	const PER_PAGE = 50;

	/**
	 * Names of one and many, which also name the nonce of bulk actions.
	 */
	public function __construct() {
		parent::__construct(
			array(
				'singular' => 'contract',
				'plural'   => 'contracts',
				'ajax'     => false,
			)
		);
	}

	/** @inheritDoc */
	public function get_columns() {
		return array(
			'cb'       => '<input type="checkbox">',
			'number'   => __( 'Contract', 'relance' ),
			'client'   => __( 'Client', 'relance' ),
			'site'     => __( 'Site', 'relance' ),
			'plan'     => __( 'Plan', 'relance' ),
			'term'     => __( 'Term ends', 'relance' ),
			'standing' => __( 'Standing', 'relance' ),
			'next'     => __( 'Next', 'relance' ),
			'price'    => __( 'Price', 'relance' ),
		);
	}

	/** @inheritDoc */
	protected function get_sortable_columns() {
		return array(
			'number'   => array( 'id', true ),
			'client'   => array( 'client', false ),
			'site'     => array( 'site', false ),
			'plan'     => array( 'plan', false ),
			'term'     => array( 'term', false ),
			'standing' => array( 'standing', false ),
			'price'    => array( 'price', false ),
		);
	}

	/** @inheritDoc */
	protected function get_bulk_actions() {
		return array(
			'pause'  => __( 'Pause reminders', 'relance' ),
			'resume' => __( 'Resume reminders', 'relance' ),
		);
	}

	/** @inheritDoc */
	public function prepare_items() {
		$list        = ( new Listing() )
			->containing( self::asked( 's' ) )
			->standing( self::asked( 'standing' ) )
			->sorted( self::asked( 'orderby', 'id' ), self::asked( 'order', 'desc' ) );
		$this->items = $list->page( $this->get_pagenum(), self::PER_PAGE );
		$this->set_pagination_args(
			array(
				'total_items' => $list->total(),
				'per_page'    => self::PER_PAGE,
			)
		);
		$this->_column_headers = array( $this->get_columns(), array(), $this->get_sortable_columns(), 'number' );
	}

	/** @inheritDoc */
	public function no_items() {
		esc_html_e( 'No contracts. A paid order of a product with a maintenance contract opens one.', 'relance' );
	}

	/** @inheritDoc */
	protected function extra_tablenav( $which ) {
		if ( 'top' !== $which ) {
			return;
		}
		$chosen = self::asked( 'standing' );
		printf( '<div class="alignleft actions relance-until"><label>%s <input type="date" name="until" min="%s"></label></div>', esc_html__( 'Pause until', 'relance' ), esc_attr( Dates::today() ) );
		echo '<div class="alignleft actions"><select name="standing"><option value="">' . esc_html__( 'Any standing', 'relance' ) . '</option>';
		foreach ( Standings::all() as $code => $words ) {
			printf( '<option value="%s" %s>%s</option>', esc_attr( $code ), selected( $chosen, $code, false ), esc_html( $words ) );
		}
		echo '</select> <button class="button" name="filter_action" value="1">' . esc_html__( 'Filter', 'relance' ) . '</button></div>';
	}

	/** @inheritDoc */
	protected function column_cb( $item ) {
		/* translators: %s: number of a contract */
		return sprintf( '<input type="checkbox" name="contracts[]" value="%d" aria-label="%s">', $item->id, esc_attr( sprintf( __( 'Select %s', 'relance' ), $item->number() ) ) );
	}

	/** @inheritDoc */
	protected function column_default( $item, $column_name ) {
		switch ( $column_name ) {
			case 'number':
				// A telephone shows this column only, until the row is opened.
				return sprintf( '<a class="row-title" href="%s">%s</a> <span class="relance-on-phone">%s<br>%s</span>', esc_url( ContractsScreen::url( $item->id ) ), esc_html( $item->number() ), esc_html( $item->client ), Standings::badge( $item->standing() ) );
			case 'client':
				return esc_html( $item->client ) . '<br><span class="description">' . esc_html( $item->email ) . '</span>';
			case 'site':
				return $item->site_url ? sprintf( '<a href="%s">%s</a>', esc_url( $item->site_url ), esc_html( preg_replace( '#^https?://#', '', $item->site_url ) ) ) : '—';
			case 'plan':
				return esc_html( $item->plan );
			case 'term':
				return esc_html( Dates::shown( $item->term_end ) );
			case 'standing':
				return Standings::badge( $item->standing() );
			case 'next':
				return self::next( $item );
			default:
				return wp_kses_post( $item->price_html() );
		}
	}

	private static function next( Contract $contract ): string {
		if ( $contract->paused_until() ) {
			/* translators: %s: a date */
			return esc_html( sprintf( __( 'Paused until %s', 'relance' ), Dates::shown( $contract->paused_until() ) ) );
		}
		$next = $contract->next();
		return $next ? esc_html( $next['label'] ) . '<br><span class="description">' . esc_html( Dates::shown( $next['on'] ) ) . '</span>' : '—';
	}

	private static function asked( string $name, string $usual = '' ): string {
		// phpcs:ignore WordPress.Security.NonceVerification -- only shows
		return isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ? sanitize_text_field( wp_unslash( $_GET[ $name ] ) ) : $usual;
	}
}
