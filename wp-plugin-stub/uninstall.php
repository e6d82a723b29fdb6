<?php
/**
 * Removes what the plugin stored; the contracts only if its settings say so.
 *
 * @package Relance
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/src/Autoloader.php';
Relance\Autoloader::register( __DIR__ . '/src' );
Relance\Uninstall::run();
