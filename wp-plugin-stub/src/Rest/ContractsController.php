<?php

namespace Relance\Rest;

use Relance\Contracts\Contract;
use Relance\Contracts\Listing;
use Relance\Contracts\Repository;
use Relance\Contracts\Status;
use Relance\Contracts\Term;
use Relance\Dates;

defined( 'ABSPATH' ) || exit;

/**
 * `wc-relance/v1/contracts`. The name begins with `wc-`, because WooCommerce's keys authenticate only such namespaces.
 */
final class ContractsController {

	const SPACE = 'wc-relance/v1';

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'rest_api_init', array( $this, 'routes' ) );
	}

	/**
	 * The routes.
	 */
	public function routes(): void {
		$one = '/contracts/(?P<id>[\d]+)';
		register_rest_route( self::SPACE, '/contracts', array( $this->route( 'GET', 'list_contracts', Schema::listing() ), $this->route( 'POST', 'create', Schema::creation() ) ) );
		register_rest_route( self::SPACE, $one, array( $this->route( 'GET', 'get' ), $this->route( 'PUT, PATCH, POST', 'update', Schema::change() ) ) );
		register_rest_route( self::SPACE, $one . '/status', array( $this->route( 'POST', 'put_status', Schema::status() ) ) );
	}

	/**
	 * Those who manage the shop: staff, and the account of the service.
	 *
	 * @return true|\WP_Error
	 */
	public function may() {
		return current_user_can( 'manage_woocommerce' )
			? true
			: new \WP_Error( 'relance_rest_cannot_access', __( 'Sorry, you may not access maintenance contracts.', 'relance' ), array( 'status' => rest_authorization_required_code() ) );
	}

	/**
	 * A page of contracts.
	 *
	 * @param \WP_REST_Request $request The request.
	 */
	public function list_contracts( \WP_REST_Request $request ): \WP_REST_Response {
		$size = $request['per_page'];
		$list = ( new Listing() )
			->with_status( $request['status'] )
			->only( $request['include'] )
			->modified_after( (string) Listing::instant( (string) $request['modified_after'], (bool) $request['dates_are_gmt'] ) )
			->sorted( $request['orderby'], $request['order'] );
		$rows = array_map(
			static function ( Contract $contract ) {
				return $contract->to_wire();
			},
			$list->page( $request['page'], $size )
		);
		return Paging::answer( $request, $rows, $list->total() );
	}

	/**
	 * One contract.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function get( \WP_REST_Request $request ) {
		return $this->with(
			$request,
			static function ( Contract $contract ) {
				return $contract->to_wire();
			}
		);
	}

	/**
	 * A new contract.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function create( \WP_REST_Request $request ) {
		$fields = $this->given( $request, array_keys( Schema::creation() ) );
		if ( '' === trim( (string) ( $fields['billing']['email'] ?? '' ) ) ) {
			return Schema::invalid( 'billing.email', __( 'expected an e-mail address', 'relance' ) );
		}
		list( , $end )         = Term::nth( $fields['term_start'], $fields['months'], 1 );
		$fields['term_end']    = $end;
		$fields['first_start'] = $fields['term_start'];
		$fields               += array( 'currency' => get_woocommerce_currency() );
		$contract              = Repository::open( $this->dated( $fields ) );
		$response              = new \WP_REST_Response( $contract->to_wire(), 201 );
		$response->header( 'Location', rest_url( self::SPACE . '/contracts/' . $contract->id ) );
		return $response;
	}

	/**
	 * A change of clauses, client or end.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function update( \WP_REST_Request $request ) {
		$fields = $this->given( $request, array_keys( Schema::change() ) );
		return $this->with(
			$request,
			function ( Contract $contract ) use ( $fields ) {
				if ( isset( $fields['billing'] ) ) {
					$fields['billing'] += $contract->billing;
				}
				return ( $fields ? Repository::change( $contract, $this->dated( $fields ) ) : $contract )->to_wire();
			}
		);
	}

	/**
	 * The service's word on a contract.
	 *
	 * @param \WP_REST_Request $request The request.
	 * @return \WP_REST_Response|\WP_Error
	 */
	public function put_status( \WP_REST_Request $request ) {
		$status = $this->given( $request, array_keys( Schema::status() ) );
		return $this->with(
			$request,
			static function ( Contract $contract ) use ( $status ) {
				$now = Status::apply( $contract, $status );
				return $now->to_wire() + array( 'relance' => $now->relance );
			}
		);
	}

	private function with( \WP_REST_Request $request, callable $do ) {
		$contract = Repository::find( (int) $request['id'] );
		return $contract
			? new \WP_REST_Response( $do( $contract ), 200 )
			: new \WP_Error( 'relance_rest_contract_invalid_id', __( 'Invalid contract id.', 'relance' ), array( 'status' => 404 ) );
	}

	private function given( \WP_REST_Request $request, array $names ): array {
		return array_intersect_key( $request->get_params(), array_flip( $names ) );
	}

	// The instant of an end goes with the status, so that no caller can forget it.
	private function dated( array $fields ): array {
		$now = Dates::now_gmt();
		switch ( $fields['status'] ?? '' ) {
			case 'declined':
				return $fields + array(
					'declined_at' => $now,
					'declined_by' => 'agency',
				);
			case 'ended':
			case 'cancelled':
				return $fields + array( 'ended_at' => $now );
			case 'active':
				return Contract::GOES_ON + $fields;
			default:
				unset( $fields['declined_by'] );
				return $fields;
		}
	}

	private function route( string $methods, string $callback, array $args = array() ): array {
		return array(
			'methods'             => $methods,
			'callback'            => array( $this, $callback ),
			'permission_callback' => array( $this, 'may' ),
			'args'                => $args,
		);
	}
}
