<?php

use Relance\Contracts\Table;
use Relance\Lifecycle;
use Relance\Service\ApiKey;
use Relance\Service\ServiceUser;
use Relance\Settings;
use Relance\Uninstall;

final class UninstallTest extends SiteTestCase {

	protected function tearDown(): void {
		delete_option( Settings::SCHEMA );
		Lifecycle::activate();
	}

	public function test_it_takes_options_key_and_account_and_keeps_the_contracts(): void {
		global $wpdb;
		Shop::contract();
		$user = ServiceUser::ensure();
		$key  = ApiKey::create( $user );
		update_option( 'relance_link', array( 'user_id' => $user, 'key_id' => $key['id'] ) + self::link(), false );
		update_option( 'relance_site', array( 'site_id' => 's1' ), false );
		Uninstall::run();
		$this->assertSame( array(), $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'relance%'" ) );
		$this->assertFalse( ApiKey::exists( $key['id'] ) );
		$this->assertFalse( get_user_by( 'login', ServiceUser::LOGIN ) );
		$this->assertNull( get_role( ServiceUser::ROLE ) );
		$this->assertSame( '1', $wpdb->get_var( 'SELECT COUNT(*) FROM ' . Table::name() ) );
	}

	public function test_it_takes_the_contracts_where_the_settings_say_so(): void {
		global $wpdb;
		$admin = Browser::of( 'admin' );
		$admin->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_keep', 'delete' => '1', '_wpnonce' => $admin->get( '/wp-admin/options-general.php?page=relance' )->nonce( 'relance_keep' ) ) );
		Uninstall::run();
		$this->assertNull( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', Table::name() ) ) );
	}

	public function test_it_may_run_by_wordpress_alone(): void {
		$code   = 'define("WP_UNINSTALL_PLUGIN","relance/relance.php");$_SERVER["HTTP_HOST"]="x";define("WP_ADMIN",true);require getenv("RELANCE_SITE")."/wp-load.php";require WP_PLUGIN_DIR."/relance/uninstall.php";echo "done";';
		$active = get_option( 'active_plugins' );
		update_option( 'active_plugins', array( 'woocommerce/woocommerce.php' ) );
		$said = shell_exec( 'php -r ' . escapeshellarg( $code ) . ' 2>&1' );
		update_option( 'active_plugins', $active );
		$this->assertSame( 'done', $said );
	}

	public function test_it_cleans_every_site_of_a_network(): void {
		$run = static function ( string $what, string $network ): string {
			return (string) shell_exec( "RELANCE_PREFIX=ms_ RELANCE_NETWORK={$network} php " . escapeshellarg( getenv( 'RELANCE_TESTS' ) . '/support/network.php' ) . " {$what} 2>&1" );
		};
		$this->assertSame( '', $run( 'install', '' ) );
		$said  = $run( 'play', '1' );
		$clean = array( 'options' => array(), 'role' => false, 'accounts' => array(), 'cron' => false );
		$this->assertSame( array( $clean + array( 'table' => true ), $clean + array( 'table' => false ), array( 'admin' ) ), json_decode( $said, true ), $said );
	}
}
