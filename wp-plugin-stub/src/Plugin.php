<?php

namespace Relance;

defined( 'ABSPATH' ) || exit;

/**
 * The one place where hooks are registered: each class adds its own when it is asked to.
 */
final class Plugin {

	/**
	 * Waits for WordPress and, where it is there, WooCommerce.
	 */
	public function boot(): void {
		add_action( 'before_woocommerce_init', array( $this, 'declare_compatibility' ) );
		add_action( 'plugins_loaded', array( $this, 'start' ), 20 );
		add_action( 'init', array( $this, 'translations' ) );
	}

	/**
	 * Orders are only ever touched through WooCommerce's own objects, so both kinds of storage will do.
	 */
	public function declare_compatibility(): void {
		if ( class_exists( \Automattic\WooCommerce\Utilities\FeaturesUtil::class ) ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', RELANCE_FILE, true );
		}
	}

	/**
	 * Loads `languages/`.
	 */
	public function translations(): void {
		load_plugin_textdomain( 'relance', false, dirname( plugin_basename( RELANCE_FILE ) ) . '/languages' );
	}

	/**
	 * Without WooCommerce there is only the maintained site.
	 */
	public function start(): void {
		Lifecycle::upgrade();
		$parts = array( new Site\Maintained(), new Site\Notice(), new Admin\SettingsPage(), new Admin\LinkActions(), new Admin\SiteActions() );
		if ( self::has_shop() ) {
			$parts = array_merge( $parts, self::shop_parts() );
		}
		foreach ( $parts as $part ) {
			$part->register();
		}
		if ( defined( 'WP_CLI' ) && WP_CLI ) {
			\WP_CLI::add_command( 'relance', Cli\Commands::class );
		}
	}

	/**
	 * Whether WooCommerce runs on this site.
	 */
	public static function has_shop(): bool {
		return class_exists( 'WooCommerce' );
	}

	/**
	 * What only a shop needs.
	 *
	 * @return object[]
	 */
	private static function shop_parts(): array {
		$parts = array(
			new Contracts\Purchases(),
			new Contracts\ClientDetails(),
			new Contracts\OrderMarks(),
			new Rest\ContractsController(),
			new Service\Webhooks(),
			new Service\ServiceUser(),
			new Shop\PayWithoutLogin(),
			new Shop\MyAccount(),
			new Shop\Declining(),
			new Shop\Privacy(),
		);
		if ( is_admin() ) {
			array_push( $parts, new Admin\ProductFields(), new Admin\StatusBox(), new Admin\OrdersList(), new Admin\ContractsScreen(), new Admin\ContractActions() );
		}
		return $parts;
	}
}
