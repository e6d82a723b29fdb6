<?php
// The things that only have to exist.

namespace Automattic\WooCommerce\Utilities {
	defined( 'ABSPATH' ) || exit;

	class FeaturesUtil {
		public static $declared = array();
		public static function declare_compatibility( $feature, $file, $positive = true ) {
			self::$declared[ $feature ][ plugin_basename( $file ) ] = $positive;
			return true;
		}
	}

	class OrderUtil {
		public static function custom_orders_table_usage_is_enabled() {
			return standin_hpos();
		}
	}
}

namespace {
	class WC_Query {
		public function get_query_vars() {
			return apply_filters(
				'woocommerce_get_query_vars',
				array(
					'orders'          => 'orders',
					'edit-account'    => 'edit-account',
					'customer-logout' => 'customer-logout',
				)
			);
		}
	}

	final class WooCommerce {
		public $version = WC_VERSION;
		public $query;
		public function __construct() {
			$this->query = new WC_Query();
		}
	}

	function WC() {
		static $shop = null;
		$shop        = $shop ?? new WooCommerce();
		return $shop;
	}
}
