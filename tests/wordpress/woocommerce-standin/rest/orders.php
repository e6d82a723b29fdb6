<?php
// wc/v3/orders: list, get, create, update, delete, batch, notes.

defined( 'ABSPATH' ) || exit;

add_action(
	'rest_api_init',
	static function () {
		$reads  = standin_may( 'read_private_shop_orders', 'woocommerce_rest_cannot_view' );
		$writes = standin_may( 'publish_shop_orders', 'woocommerce_rest_cannot_create' );
		$edits  = standin_may( 'edit_others_shop_orders', 'woocommerce_rest_cannot_edit' );
		$page   = array(
			'page'     => array( 'type' => 'integer', 'minimum' => 1, 'default' => 1 ),
			'per_page' => array( 'type' => 'integer', 'minimum' => 1, 'maximum' => 100, 'default' => 10 ),
			'include'  => array( 'type' => 'array', 'items' => array( 'type' => 'integer' ), 'default' => array() ),
			'orderby'  => array( 'type' => 'string', 'enum' => array( 'date', 'id', 'include', 'title', 'slug', 'modified' ), 'default' => 'date' ),
			'order'    => array( 'type' => 'string', 'enum' => array( 'asc', 'desc' ), 'default' => 'desc' ),
		);
		register_rest_route( 'wc/v3', '/orders', array(
			array( 'methods' => 'GET', 'callback' => 'standin_list_orders', 'permission_callback' => $reads, 'args' => $page ),
			array( 'methods' => 'POST', 'callback' => 'standin_create_order', 'permission_callback' => $writes ),
		) );
		register_rest_route( 'wc/v3', '/orders/(?P<id>\d+)', array(
			array( 'methods' => 'GET', 'callback' => standin_with_order( 'standin_order' ), 'permission_callback' => $reads ),
			array( 'methods' => 'PUT, PATCH, POST', 'callback' => standin_with_order( 'standin_update_order' ), 'permission_callback' => $edits ),
			array( 'methods' => 'DELETE', 'callback' => standin_with_order( 'standin_trash_order' ), 'permission_callback' => $edits ),
		) );
		register_rest_route( 'wc/v3', '/orders/batch', array( 'methods' => 'POST, PUT, PATCH', 'callback' => 'standin_batch_orders', 'permission_callback' => $edits ) );
		register_rest_route( 'wc/v3', '/orders/(?P<id>\d+)/notes', array(
			array( 'methods' => 'GET', 'callback' => standin_with_order( 'standin_notes' ), 'permission_callback' => $reads ),
			array( 'methods' => 'POST', 'callback' => standin_with_order( 'standin_add_note' ), 'permission_callback' => $writes ),
		) );
	}
);

function standin_may( $capability, $code ) {
	return static function () use ( $capability, $code ) {
		return current_user_can( $capability ) ? true : new WP_Error( $code, 'Désolé, vous ne pouvez pas lister les ressources.', array( 'status' => rest_authorization_required_code() ) );
	};
}

function standin_with_order( $do ) {
	return static function ( WP_REST_Request $request ) use ( $do ) {
		$order = wc_get_order( (int) $request['id'] );
		return $order ? $do( $order, $request ) : new WP_Error( 'woocommerce_rest_shop_order_invalid_id', 'ID non valide.', array( 'status' => 404 ) );
	};
}

function standin_list_orders( WP_REST_Request $request ) {
	$status = (array) ( $request['status'] ?? 'any' );
	$status = is_string( $request['status'] ) ? explode( ',', $request['status'] ) : $status;
	$query  = array(
		'post_type'      => 'shop_order',
		'post_status'    => in_array( 'trash', $status, true ) ? 'trash' : array_map(
			static function ( $one ) {
				return 'wc-' . $one;
			},
			in_array( 'any', $status, true ) ? array_keys( standin_statuses() ) : $status
		),
		'posts_per_page' => $request['per_page'],
		'paged'          => $request['page'],
		'orderby'        => 'modified' === $request['orderby'] ? array( 'modified' => $request['order'], 'ID' => $request['order'] ) : ( 'id' === $request['orderby'] ? 'ID' : 'date' ),
		'order'          => $request['order'],
		'post__in'       => $request['include'],
		'meta_query'     => array(),
		'date_query'     => array(),
	);
	foreach ( array( 'created_via' => '_created_via', 'customer' => '_customer_user' ) as $argument => $key ) {
		if ( isset( $request[ $argument ] ) ) {
			$query['meta_query'][] = array( 'key' => $key, 'value' => (string) $request[ $argument ] );
		}
	}
	$gmt = rest_sanitize_boolean( $request['dates_are_gmt'] ?? false ) ? '_gmt' : '';
	foreach ( array( 'modified_after' => 'post_modified', 'after' => 'post_date' ) as $argument => $column ) {
		if ( isset( $request[ $argument ] ) ) {
			$query['date_query'][] = array( 'column' => $column . $gmt, 'after' => str_replace( 'T', ' ', $request[ $argument ] ) );
		}
	}
	$found    = new WP_Query( $query );
	$response = new WP_REST_Response( array_map( 'standin_order', array_map( 'wc_get_order', $found->posts ) ) );
	$response->header( 'X-WP-Total', (string) $found->found_posts );
	$response->header( 'X-WP-TotalPages', (string) $found->max_num_pages );
	return $response;
}

function standin_create_order( WP_REST_Request $request ) {
	$order = new WC_Order();
	$order->set_created_via( $request['created_via'] ?: 'rest-api' );
	standin_write( $order, $request->get_json_params() );
	return new WP_REST_Response( standin_order( $order ), 201, array( 'Location' => rest_url( 'wc/v3/orders/' . $order->get_id() ) ) );
}

function standin_update_order( WC_Order $order, WP_REST_Request $request ) {
	standin_write( $order, $request->get_json_params() );
	return standin_order( $order );
}

function standin_trash_order( WC_Order $order, WP_REST_Request $request ) {
	wp_trash_post( $order->get_id() );
	return standin_order( $order );
}

function standin_write( WC_Order $order, array $body ) {
	foreach ( array( 'customer_id', 'currency', 'payment_method', 'payment_method_title', 'transaction_id' ) as $name ) {
		if ( isset( $body[ $name ] ) ) {
			$order->{"set_{$name}"}( $body[ $name ] );
		}
	}
	foreach ( $body['billing'] ?? array() as $name => $value ) {
		$order->{"set_billing_{$name}"}( $value );
	}
	foreach ( $body['meta_data'] ?? array() as $meta ) {
		$order->update_meta_data( $meta['key'], $meta['value'] );
	}
	foreach ( $body['line_items'] ?? array() as $line ) {
		$product = wc_get_product( $line['product_id'] ?? 0 );
		$order->add_product( $product ?: new WC_Product(), $line['quantity'] ?? 1, $line );
	}
	if ( isset( $body['status'] ) ) {
		$order->set_status( $body['status'] );
	}
	$order->save();
	if ( ! empty( $body['set_paid'] ) ) {
		$order->payment_complete( $body['transaction_id'] ?? '' );
	}
}

function standin_batch_orders( WP_REST_Request $request ) {
	$updates = $request->get_json_params()['update'] ?? array();
	if ( count( $updates ) > 100 ) {
		return new WP_Error( 'woocommerce_rest_request_entity_too_large', 'Unable to accept more than 100 items for this request.', array( 'status' => 413 ) );
	}
	$rows = array();
	foreach ( $updates as $update ) {
		$order = wc_get_order( (int) $update['id'] );
		if ( $order ) {
			standin_write( $order, $update );
			$rows[] = standin_order( $order );
		} else {
			$rows[] = array( 'id' => (int) $update['id'], 'error' => array( 'code' => 'woocommerce_rest_shop_order_invalid_id', 'message' => 'ID non valide.', 'data' => array( 'status' => 400 ) ) );
		}
	}
	return array( 'update' => $rows );
}

function standin_notes( WC_Order $order ) {
	$comments = get_comments( array( 'post_id' => $order->get_id(), 'type' => 'order_note', 'orderby' => 'comment_ID', 'order' => 'DESC' ) );
	return array_map( 'standin_note', $comments );
}

function standin_add_note( WC_Order $order, WP_REST_Request $request ) {
	return new WP_REST_Response( standin_note( get_comment( $order->add_order_note( (string) $request['note'], $request['customer_note'] ? 1 : 0 ) ) ), 201 );
}

function standin_note( WP_Comment $note ) {
	return array(
		'id'               => (int) $note->comment_ID,
		'author'           => $note->comment_author,
		'date_created'     => str_replace( ' ', 'T', $note->comment_date ),
		'date_created_gmt' => str_replace( ' ', 'T', $note->comment_date_gmt ),
		'note'             => $note->comment_content,
		'customer_note'    => (bool) get_comment_meta( $note->comment_ID, 'is_customer_note', true ),
	);
}

// An order as the REST API and the webhooks show it; fields in the recorded order.
function standin_order( WC_Order $order ) {
	$billing = array();
	foreach ( WC_Order::BILLING as $field ) {
		$billing[ $field ] = $order->{"get_billing_{$field}"}();
	}
	$row = array(
		'id'                   => $order->get_id(),
		'parent_id'            => 0,
		'status'               => get_post_status( $order->get_id() ) === 'trash' ? 'trash' : $order->get_status(),
		'currency'             => $order->get_currency(),
		'version'              => WC_VERSION,
		'prices_include_tax'   => false,
		'date_created'         => standin_date( $order->get_date_created() ),
		'date_modified'        => str_replace( ' ', 'T', get_post_field( 'post_modified', $order->get_id() ) ),
		'total'                => $order->get_total(),
		'total_tax'            => $order->get_total_tax(),
		'customer_id'          => $order->get_customer_id(),
		'order_key'            => $order->get_order_key(),
		'billing'              => $billing,
		'payment_method'       => $order->get_payment_method(),
		'payment_method_title' => $order->get_payment_method_title(),
		'created_via'          => $order->get_created_via(),
		'date_completed'       => standin_date( $order->get_date_completed() ),
		'date_paid'            => standin_date( $order->get_date_paid() ),
		'number'               => $order->get_order_number(),
		'meta_data'            => $order->get_meta_data(),
		'line_items'           => array_map( 'standin_line', array_values( $order->get_items() ) ),
		'refunds'              => array(),
		'payment_url'          => $order->get_checkout_payment_url(),
		'needs_payment'        => $order->needs_payment(),
		'date_created_gmt'     => standin_date( $order->get_date_created(), true ),
		'date_modified_gmt'    => str_replace( ' ', 'T', get_post_field( 'post_modified_gmt', $order->get_id() ) ),
		'date_completed_gmt'   => standin_date( $order->get_date_completed(), true ),
		'date_paid_gmt'        => standin_date( $order->get_date_paid(), true ),
		'currency_symbol'      => '€',
	);
	return $row;
}

function standin_line( WC_Order_Item_Product $item ) {
	$product = $item->get_product();
	return array(
		'id'           => $item->get_id(),
		'name'         => $item->get_name(),
		'product_id'   => $item->get_product_id(),
		'variation_id' => $item->get_variation_id(),
		'quantity'     => $item->get_quantity(),
		'subtotal'     => $item->get_subtotal(),
		'total'        => $item->get_total(),
		'total_tax'    => $item->get_total_tax(),
		'meta_data'    => array(),
		'sku'          => $product ? $product->get_sku() : '',
		'price'        => (float) $item->get_total() / max( 1, $item->get_quantity() ),
	);
}

function standin_date( $date, $gmt = false ) {
	return $date ? ( $gmt ? gmdate( 'Y-m-d\TH:i:s', $date->getTimestamp() ) : $date->date( 'Y-m-d\TH:i:s' ) ) : null;
}
