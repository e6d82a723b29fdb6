<?php
/**
 * Plugin Name: WooCommerce (a stand-in for tests)
 * Description: The smallest part of WooCommerce that the Relance plugin and the Relance service touch. For tests only: it is no shop.
 * Version:     8.2.0
 *
 * WooCommerce is not in Debian, and tests fetch nothing. This stand-in declares the functions, classes, hooks and REST routes
 * that are touched, shaped after exchanges recorded from WordPress 7.1 with WooCommerce 11.0.1.
 *
 * There: orders (objects, statuses, metadata, notes, REST list, get, create, update, batch), products with the product data tab,
 * REST keys (Basic over HTTPS, OAuth 1.0a over HTTP, only under /wp-json/wc/ and /wp-json/wc-), webhooks with signed, delayed delivery,
 * the order-pay page with its login and e-mail checks, My Account with endpoints, the orders list and the order screen in the HPOS and
 * the legacy shape.
 *
 * Left out: HPOS's own tables (both shapes store orders as posts), Action Scheduler (WP-Cron delivers), the checkout and the cart,
 * payment gateways, coupons, shipping, fees, refunds as objects, stock, tax rates other than 20 %, variations' own data, mails,
 * customers and coupons over REST, Store API, sessions, templates and styles, French messages of REST errors.
 *
 * @package Relance\Tests
 */

defined( 'ABSPATH' ) || exit;

define( 'WC_VERSION', '8.2.0' );

foreach ( array( 'classes/data', 'classes/order-item', 'classes/order', 'classes/shop', 'classes/webhook', 'functions', 'install', 'rest/authentication', 'rest/orders', 'rest/shop', 'rest/webhooks', 'screens/order-pay', 'screens/account', 'screens/orders', 'screens/product' ) as $standin_file ) {
	require_once __DIR__ . '/' . $standin_file . '.php';
}

register_activation_hook( __FILE__, 'standin_install' );
add_action( 'init', 'standin_types', 5 );
add_filter( 'user_has_cap', 'standin_customer_capabilities', 10, 3 );
add_action( 'before_woocommerce_init', static function () {}, 1 );
add_action(
	'plugins_loaded',
	static function () {
		do_action( 'before_woocommerce_init' );
		do_action( 'woocommerce_loaded' );
	},
	5
);
