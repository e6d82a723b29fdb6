<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * Loads the classes of this plugin (PSR-4 under `src/`), so that it runs without Composer.
 */
final class Autoloader {

	/**
	 * Registers the loader.
	 *
	 * @param string $folder Where the namespace `Relance\` begins.
	 */
	public static function register( string $folder ): void {
		spl_autoload_register(
			static function ( string $name ) use ( $folder ) {
				if ( 0 !== strpos( $name, __NAMESPACE__ . '\\' ) ) {
					return;
				}
				$file = $folder . '/' . str_replace( '\\', '/', substr( $name, strlen( __NAMESPACE__ ) + 1 ) ) . '.php';
				if ( is_file( $file ) ) {
					require_once $file;
				}
			}
		);
	}
}
