<?php
// wc/v3: what the shop says of itself, and its products.

defined( 'ABSPATH' ) || exit;

add_action(
	'rest_api_init',
	static function () {
		$manages = standin_may( 'manage_woocommerce', 'woocommerce_rest_cannot_view' );
		$reads   = standin_may( 'read_private_products', 'woocommerce_rest_cannot_view' );
		foreach ( array(
			'/system_status'            => 'standin_system_status',
			'/data/currencies/current'  => 'standin_currency',
			'/settings/general'         => 'standin_settings',
			'/settings/email_(?P<mail>[\w-]+)/enabled' => 'standin_mail_setting',
		) as $route => $callback ) {
			register_rest_route( 'wc/v3', $route, array( 'methods' => 'GET', 'callback' => $callback, 'permission_callback' => $manages ) );
		}
		register_rest_route( 'wc/v3', '/products', array( 'methods' => 'GET', 'callback' => 'standin_products', 'permission_callback' => $reads ) );
		register_rest_route( 'wc/v3', '/products/(?P<id>\d+)', array( 'methods' => 'GET', 'callback' => 'standin_one_product', 'permission_callback' => $reads ) );
	}
);

function standin_system_status() {
	return array(
		'environment' => array(
			'home_url'            => home_url(),
			'site_url'            => site_url(),
			'store_id'            => get_option( 'woocommerce_store_id' ),
			'version'             => WC_VERSION,
			'wp_version'          => $GLOBALS['wp_version'],
			'wp_environment_type' => wp_get_environment_type(),
			'language'            => get_locale(),
		),
		'pages'       => array(
			array(
				'page_name' => 'Mon compte',
				'page_id'   => (string) get_option( 'woocommerce_myaccount_page_id' ),
				'shortcode' => '[woocommerce_my_account]',
			),
		),
	);
}

function standin_currency() {
	return array( 'code' => 'EUR', 'name' => 'Euro', 'symbol' => '&euro;' );
}

function standin_settings() {
	return array( array( 'id' => 'woocommerce_currency', 'value' => 'EUR' ), array( 'id' => 'woocommerce_price_num_decimals', 'value' => '2' ) );
}

function standin_mail_setting() {
	return array( 'id' => 'enabled', 'value' => 'no' );
}

function standin_products( WP_REST_Request $request ) {
	$ids  = get_posts( array( 'post_type' => 'product', 'numberposts' => 100, 'fields' => 'ids' ) );
	$rows = array_map( 'standin_product', array_map( 'wc_get_product', $ids ) );
	return isset( $request['sku'] ) ? array_values( wp_list_filter( $rows, array( 'sku' => $request['sku'] ) ) ) : $rows;
}

function standin_one_product( WP_REST_Request $request ) {
	$product = wc_get_product( (int) $request['id'] );
	return $product ? standin_product( $product ) : new WP_Error( 'woocommerce_rest_product_invalid_id', 'ID non valide.', array( 'status' => 404 ) );
}

function standin_product( WC_Product $product ) {
	return array( 'id' => $product->get_id(), 'name' => $product->get_name(), 'sku' => $product->get_sku(), 'price' => $product->get_price(), 'parent_id' => 0, 'categories' => array() );
}
