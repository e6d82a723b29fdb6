<?php

namespace Relance\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * The headers by which WooCommerce says how many there are, and where the next page is.
 */
final class Paging {

	/**
	 * A page as an answer.
	 *
	 * @param \WP_REST_Request $request With `page` and `per_page`.
	 * @param array            $rows    The page.
	 * @param int              $total   Rows in all.
	 */
	public static function answer( \WP_REST_Request $request, array $rows, int $total ): \WP_REST_Response {
		$pages    = (int) ceil( $total / $request['per_page'] );
		$response = new \WP_REST_Response( $rows, 200 );
		$response->header( 'X-WP-Total', (string) $total );
		$response->header( 'X-WP-TotalPages', (string) $pages );
		$response->header( 'X-Relance-Plugin', RELANCE_VERSION );
		// Credentials of OAuth travel in the query: they must not come back in a header.
		$query = array_filter(
			$request->get_query_params(),
			static function ( $name ) {
				return 0 !== strpos( (string) $name, 'oauth_' ) && 0 !== strpos( (string) $name, 'consumer_' );
			},
			ARRAY_FILTER_USE_KEY
		);
		$url   = add_query_arg( urlencode_deep( $query ), rest_url( ltrim( $request->get_route(), '/' ) ) );
		if ( $request['page'] > 1 ) {
			$response->link_header( 'prev', add_query_arg( 'page', max( 1, min( $pages, $request['page'] - 1 ) ), $url ) );
		}
		if ( $request['page'] < $pages ) {
			$response->link_header( 'next', add_query_arg( 'page', $request['page'] + 1, $url ) );
		}
		return $response;
	}
}
