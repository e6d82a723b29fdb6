<?php
/**
 * Plugin Name:          Relance
 * Plugin URI:           https://github.com/relance/relance
 * Description:          Maintenance contracts for WooCommerce, linked to a Relance service that reminds clients to renew and stops when they pay.
 * Version:              0.1.0
 * Requires at least:    6.1
 * Requires PHP:         7.4
 * WC requires at least: 7.1
 * Author:               Relance
 * License:              MIT
 * License URI:          https://opensource.org/license/mit
 * Text Domain:          relance
 * Domain Path:          /languages
 *
 * @package Relance
 */

defined( 'ABSPATH' ) || exit;

define( 'RELANCE_VERSION', '0.1.0' );
define( 'RELANCE_FILE', __FILE__ );

require_once __DIR__ . '/src/Autoloader.php';
Relance\Autoloader::register( __DIR__ . '/src' );

register_activation_hook( __FILE__, array( Relance\Lifecycle::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Relance\Lifecycle::class, 'deactivate' ) );

( new Relance\Plugin() )->boot();
