<?php
// wc/v3/webhooks: list, get, create, update, delete. The secret is never shown.

defined( 'ABSPATH' ) || exit;

add_action(
	'rest_api_init',
	static function () {
		$manages = standin_may( 'manage_woocommerce', 'woocommerce_rest_cannot_view' );
		register_rest_route( 'wc/v3', '/webhooks', array(
			array( 'methods' => 'GET', 'callback' => 'standin_list_webhooks', 'permission_callback' => $manages ),
			array( 'methods' => 'POST', 'callback' => 'standin_create_webhook', 'permission_callback' => $manages ),
		) );
		register_rest_route( 'wc/v3', '/webhooks/(?P<id>\d+)', array(
			array( 'methods' => 'GET', 'callback' => 'standin_one_webhook', 'permission_callback' => $manages ),
			array( 'methods' => 'DELETE', 'callback' => 'standin_delete_webhook', 'permission_callback' => $manages ),
		) );
	}
);

function standin_list_webhooks() {
	$rows     = array_map( 'standin_webhook', WC_Webhook::all() );
	$response = new WP_REST_Response( $rows );
	$response->header( 'X-WP-Total', (string) count( $rows ) );
	$response->header( 'X-WP-TotalPages', '1' );
	return $response;
}

function standin_create_webhook( WP_REST_Request $request ) {
	global $wpdb;
	$wpdb->insert(
		$wpdb->prefix . 'wc_webhooks',
		array(
			'status'           => $request['status'] ?: 'active',
			'name'             => $request['name'],
			'user_id'          => get_current_user_id(),
			'delivery_url'     => $request['delivery_url'],
			'secret'           => $request['secret'],
			'topic'            => $request['topic'],
			'date_created_gmt' => gmdate( 'Y-m-d H:i:s' ),
		)
	);
	$webhook = wc_get_webhook( $wpdb->insert_id );
	$webhook->ping();
	return new WP_REST_Response( standin_webhook( $webhook ), 201 );
}

function standin_one_webhook( WP_REST_Request $request ) {
	$webhook = wc_get_webhook( (int) $request['id'] );
	return $webhook ? standin_webhook( $webhook ) : new WP_Error( 'woocommerce_rest_shop_webhook_invalid_id', 'ID non valide.', array( 'status' => 404 ) );
}

function standin_delete_webhook( WP_REST_Request $request ) {
	$webhook = wc_get_webhook( (int) $request['id'] );
	if ( ! $webhook ) {
		return new WP_Error( 'woocommerce_rest_shop_webhook_invalid_id', 'ID non valide.', array( 'status' => 404 ) );
	}
	if ( ! $request['force'] ) {
		return new WP_Error( 'woocommerce_rest_trash_not_supported', 'Les webhooks ne peuvent pas être mis à la corbeille.', array( 'status' => 501 ) );
	}
	$webhook->delete( true );
	return standin_webhook( $webhook );
}

function standin_webhook( WC_Webhook $webhook ) {
	list( $resource, $event ) = explode( '.', $webhook->get( 'topic' ) );
	return array(
		'id'               => $webhook->get_id(),
		'name'             => $webhook->get( 'name' ),
		'status'           => $webhook->get( 'status' ),
		'topic'            => $webhook->get( 'topic' ),
		'resource'         => $resource,
		'event'            => $event,
		'hooks'            => array(),
		'delivery_url'     => $webhook->get( 'delivery_url' ),
		'date_created_gmt' => str_replace( ' ', 'T', $webhook->get( 'date_created_gmt' ) ),
	);
}
