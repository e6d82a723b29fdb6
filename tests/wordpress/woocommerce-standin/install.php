<?php
// Types, capabilities, tables.

defined( 'ABSPATH' ) || exit;

function standin_types() {
	$hpos = standin_hpos();
	register_post_type(
		'shop_order',
		array(
			'labels'          => array( 'name' => 'Commandes' ),
			'public'          => false,
			'show_ui'         => ! $hpos,
			'show_in_menu'    => $hpos ? false : 'woocommerce',
			'capability_type' => 'shop_order',
			'map_meta_cap'    => true,
			'supports'        => array( 'title', 'custom-fields' ),
			'rewrite'         => false,
		)
	);
	register_post_type(
		'product',
		array(
			'labels'          => array( 'name' => 'Produits' ),
			'public'          => true,
			'capability_type' => 'product',
			'map_meta_cap'    => true,
			'supports'        => array( 'title' ),
		)
	);
	foreach ( standin_statuses() as $status => $name ) {
		register_post_status(
			'wc-' . $status,
			array(
				'label'                     => $name,
				'show_in_admin_all_list'    => true,
				'show_in_admin_status_list' => true,
				'exclude_from_search'       => false,
				'public'                    => false,
			)
		);
	}
	foreach ( WC()->query->get_query_vars() as $var ) {
		add_rewrite_endpoint( $var, EP_ROOT | EP_PAGES );
	}
}

function standin_statuses() {
	return array(
		'pending'    => 'Attente paiement',
		'processing' => 'En cours',
		'on-hold'    => 'En attente',
		'completed'  => 'Terminée',
		'cancelled'  => 'Annulée',
		'refunded'   => 'Remboursée',
		'failed'     => 'Échouée',
	);
}

function standin_hpos() {
	return 'no' !== get_option( 'woocommerce_custom_orders_table_enabled', 'yes' );
}

function standin_install() {
	global $wpdb;
	$wpdb->query(
		"CREATE TABLE IF NOT EXISTS {$wpdb->prefix}woocommerce_api_keys (
		key_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, user_id BIGINT UNSIGNED NOT NULL, description varchar(200) NULL, permissions varchar(10) NOT NULL,
		consumer_key char(64) NOT NULL, consumer_secret char(43) NOT NULL, nonces longtext NULL, truncated_key char(7) NOT NULL, last_access datetime NULL default null,
		PRIMARY KEY (key_id), KEY consumer_key (consumer_key), KEY consumer_secret (consumer_secret))"
	);
	$wpdb->query(
		"CREATE TABLE IF NOT EXISTS {$wpdb->prefix}wc_webhooks (
		webhook_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, status varchar(200) NOT NULL, name text NOT NULL, user_id BIGINT UNSIGNED NOT NULL,
		delivery_url text NOT NULL, secret text NOT NULL, topic varchar(200) NOT NULL, date_created_gmt datetime NOT NULL, failure_count smallint NOT NULL DEFAULT 0,
		PRIMARY KEY (webhook_id))"
	);
	$wpdb->query( "CREATE TABLE IF NOT EXISTS {$wpdb->prefix}woocommerce_order_items (order_item_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT, order_item_name text NOT NULL, order_id BIGINT UNSIGNED NOT NULL, PRIMARY KEY (order_item_id))" );
	standin_roles();
	update_option( 'woocommerce_store_id', get_option( 'woocommerce_store_id', wp_generate_uuid4() ) );
	if ( ! get_option( 'woocommerce_myaccount_page_id' ) ) {
		$page = array(
			'post_type'    => 'page',
			'post_status'  => 'publish',
			'post_title'   => 'Mon compte',
			'post_name'    => 'mon-compte',
			'post_content' => '[woocommerce_my_account]',
		);
		update_option( 'woocommerce_myaccount_page_id', wp_insert_post( $page ) );
	}
}

function standin_roles() {
	add_role( 'customer', 'Customer', array( 'read' => true ) );
	add_role( 'shop_manager', 'Shop manager', array( 'read' => true ) );
	foreach ( array( 'administrator', 'shop_manager' ) as $name ) {
		$role = get_role( $name );
		$role->add_cap( 'manage_woocommerce' );
		foreach ( array( 'shop_order', 'product' ) as $type ) {
			foreach ( array( "edit_{$type}", "read_{$type}", "delete_{$type}", "edit_{$type}s", "edit_others_{$type}s", "publish_{$type}s", "read_private_{$type}s", "delete_{$type}s", "delete_private_{$type}s", "delete_published_{$type}s", "delete_others_{$type}s", "edit_private_{$type}s", "edit_published_{$type}s" ) as $cap ) {
				$role->add_cap( $cap );
			}
		}
	}
}

// wc_customer_has_capability(), as far as paying goes.
function standin_customer_capabilities( $all, $caps, $args ) {
	if ( 'pay_for_order' === ( $caps[0] ?? '' ) ) {
		$order = isset( $args[2] ) ? wc_get_order( $args[2] ) : null;
		if ( ! isset( $args[2] ) || ( $order && ( (int) $args[1] === $order->get_user_id() || ! $order->get_user_id() ) ) ) {
			$all['pay_for_order'] = true;
		}
	}
	return $all;
}
