<?php

use Relance\Service\ApiKey;
use Relance\Service\Linking;
use Relance\Service\ServiceUser;
use Relance\Settings;

final class LinkingTest extends SiteTestCase {

	const LINKED = array( 'shop_id' => 'shop-9', 'webhook_secret' => 'a-secret-of-the-service', 'mode' => 'dry', 'test' => true, 'service_version' => '0.5.0' );

	protected function tearDown(): void {
		global $wpdb;
		$user = get_user_by( 'login', ServiceUser::LOGIN );
		if ( $user ) {
			wp_delete_user( $user->ID );
		}
		$wpdb->query( "DELETE FROM {$wpdb->prefix}woocommerce_api_keys WHERE description = 'Relance'" );
		$wpdb->query( "TRUNCATE {$wpdb->prefix}wc_webhooks" );
	}

	public function test_linking_by_page_hands_over_a_key_that_works_at_once(): void {
		$this->accept();
		$answer = $this->submit( array( 'service' => getenv( 'RELANCE_SERVICE' ) . '/', 'code' => ' abcd efgh-jkmn ' ) );
		$this->assertSame( 302, $answer->status );
		$sent = json_decode( Service::calls( '/plugin/link' )[0]['body'], true );
		$this->assertSame( array( 'ABCD-EFGH-JKMN', getenv( 'RELANCE_URL' ), RELANCE_VERSION, WC_VERSION ), array( $sent['code'], $sent['url'], $sent['plugin_version'], $sent['woocommerce'] ) );
		$called = file_get_contents( getenv( 'RELANCE_WORK' ) . '/called-back' );
		$this->assertStringContainsString( '200', strtok( $called, "\n" ), 'the service reads the shop before it answers' );
		$this->assertSame( 'shop-9', Settings::link()['shop_id'] );
		$row = $this->key_row();
		$this->assertSame( array( wc_api_hash( $sent['consumer_key'] ), 'read_write' ), array( $row->consumer_key, $row->permissions ) );
		$this->assertStringContainsString( get_user_by( 'login', ServiceUser::LOGIN )->ID, $row->user_id );
	}

	public function test_after_linking_no_key_or_secret_is_in_any_page_option_name_or_log(): void {
		$this->accept();
		$this->submit( array( 'service' => getenv( 'RELANCE_SERVICE' ), 'code' => 'ABCDEFGHJKMN' ) );
		$sent = json_decode( Service::calls( '/plugin/link' )[0]['body'], true );
		$page = Browser::of( 'admin' )->get( '/wp-admin/options-general.php?page=relance' )->body;
		$log  = (string) file_get_contents( getenv( 'RELANCE_WORK' ) . '/debug.log' );
		foreach ( array( $sent['consumer_key'], $sent['consumer_secret'], self::LINKED['webhook_secret'] ) as $secret ) {
			$this->assertStringNotContainsString( $secret, $page );
			$this->assertStringNotContainsString( $secret, $log );
		}
		$this->assertStringNotContainsString( $sent['consumer_key'], serialize( wp_load_alloptions() ) );
		$this->assertStringNotContainsString( self::LINKED['webhook_secret'], serialize( wp_load_alloptions() ), 'not loaded with every page' );
	}

	public function refusals(): array {
		return array(
			'a used code'       => array( 403, array( 'title' => 'Forbidden', 'detail' => 'Ce code n’est pas valable.' ), 'Ce code n’est pas valable.' ),
			'too many'          => array( 429, array( 'title' => 'Too many requests' ), 'Too many requests' ),
			'a broken service'  => array( 502, '<html>', '502' ),
			'another service'   => array( 200, array( 'hello' => 'world' ), 'shop_id' ),
			'hostile words'     => array( 422, array( 'detail' => '<script>alert(1)</script>Non' ), 'Non' ),
		);
	}

	/** @dataProvider refusals */
	public function test_a_link_that_fails_leaves_no_key_and_no_account( int $status, $body, string $said ): void {
		Service::answers( '/plugin/link', $status, $body );
		$this->submit( array( 'service' => getenv( 'RELANCE_SERVICE' ), 'code' => 'ABCD-EFGH-JKMN' ) );
		$this->assertNull( Settings::link() );
		$this->assertNull( $this->key_row() );
		$this->assertFalse( get_user_by( 'login', ServiceUser::LOGIN ) );
		$page = $this->admin->get( '/wp-admin/options-general.php?page=relance' )->body;
		$this->assertStringContainsString( $said, $page );
		$this->assertStringNotContainsString( '<script>alert(1)', $page );
	}

	public function test_addresses_and_codes_that_cannot_be_right_are_refused_before_any_call(): void {
		foreach ( array( array( 'ftp://x', 'ABCD-EFGH-JKMN' ), array( 'https://u:p@x.example', 'ABCD-EFGH-JKMN' ), array( getenv( 'RELANCE_SERVICE' ), 'ABCD' ), array( 'https://x.example/?a=1', 'ABCD-EFGH-JKMN' ) ) as $wrong ) {
			$this->assertTrue( is_wp_error( Linking::link( ...$wrong ) ) );
		}
		$this->assertSame( array(), Service::calls() );
		$this->assertNull( $this->key_row() );
	}

	public function test_the_account_of_the_service_cannot_sign_in_and_has_few_rights(): void {
		$id = ServiceUser::ensure();
		wp_set_password( 'known', $id );
		wp_cache_flush();
		$this->assertTrue( is_wp_error( wp_authenticate( ServiceUser::LOGIN, 'known' ) ) );
		$this->assertTrue( is_wp_error( get_password_reset_key( get_userdata( $id ) ) ) );
		$this->assertFalse( wp_is_application_passwords_available_for_user( get_userdata( $id ) ) );
		foreach ( array( 'manage_options', 'edit_posts', 'edit_users', 'install_plugins', 'unfiltered_html', 'delete_shop_orders' ) as $capability ) {
			$this->assertFalse( user_can( $id, $capability ), $capability );
		}
		$this->assertTrue( user_can( $id, 'manage_woocommerce' ) );
	}

	public function test_the_key_of_the_service_may_do_what_the_service_does(): void {
		$key    = Shop::key( 'read_write', ServiceUser::ensure() );
		$order  = Shop::order( Shop::product() );
		$caller = Shop::caller( $key );
		foreach ( array( 'wc/v3/system_status', 'wc/v3/orders', 'wc/v3/orders/' . $order->get_id() . '/notes', 'wc/v3/products?sku=MNT-ESS', 'wc/v3/webhooks', 'wc/v3/settings/email_new_order/enabled', 'wc-relance/v1/contracts' ) as $path ) {
			$this->assertSame( 200, $caller->get( '/wp-json/' . $path )->status, $path );
		}
		$this->assertSame( 201, $caller->json( 'POST', '/wp-json/wc/v3/orders', array( 'status' => 'pending', 'created_via' => 'relance:x:2' ) )->status );
		$this->assertSame( 200, $caller->json( 'POST', '/wp-json/wc/v3/orders/batch', array( 'update' => array( array( 'id' => $order->get_id(), 'meta_data' => array( array( 'key' => '_relance_status', 'value' => 'grace' ) ) ) ) ) )->status );
		$this->assertSame( 401, $caller->get( '/wp-json/wp/v2/users/me' )->status, 'WooCommerce keys open nothing outside wc' );
	}

	public function test_check_shows_what_the_service_says(): void {
		$link = self::link();
		Service::answers( '/plugin/shop-1', 200, array( 'mode' => 'live', 'test' => false, 'last_sync_at' => '2026-11-22T08:00:00Z', 'last_webhook_at' => null, 'errors' => array( 'Une <b>erreur</b>' ), 'contracts' => array( 'active' => 3 ) ) );
		$this->submit( array(), 'relance_check' );
		$page = $this->admin->get( '/wp-admin/options-general.php?page=relance' )->body;
		$this->assertStringContainsString( '22 novembre 2026 09:00', $page );
		$this->assertStringContainsString( 'Une &lt;b&gt;erreur&lt;/b&gt;', $page );
		$this->assertSame( array( 'live', false, $link['webhook_secret'] ), array( Settings::link()['mode'], Settings::link()['test'], Settings::link()['webhook_secret'] ) );
		$call = Service::calls( '/plugin/shop-1' )[0];
		$said = json_decode( $call['body'], true );
		$this->assertSame( 'state', $said['action'] );
		$this->assertLessThan( 30, abs( time() - $said['at'] ) );
		$this->assertGreaterThanOrEqual( 16, strlen( $said['nonce'] ) );
		$this->assertSame( base64_encode( hash_hmac( 'sha256', $call['body'], $link['webhook_secret'], true ) ), $call['headers']['x-wc-webhook-signature'] );
	}

	public function test_unlinking_tells_the_service_and_takes_key_account_and_webhooks_away(): void {
		$this->accept();
		$this->submit( array( 'service' => getenv( 'RELANCE_SERVICE' ), 'code' => 'ABCD-EFGH-JKMN' ) );
		$this->webhook( Settings::link()['webhook_url'] );
		$this->webhook( 'https://other.example/hook' );
		Service::answers( '/plugin/shop-9', 204, null );
		Shop::contract();
		$this->assertNotFalse( wp_next_scheduled( 'relance_deliver', array( 1, 'created', 0 ) ) );
		$this->submit( array(), 'relance_unlink' );
		$this->assertNotNull( Settings::link(), 'not by one click' );
		$this->assertSame( array(), Service::calls( '/plugin/shop-9' ) );
		$this->submit( array( 'sure' => '1' ), 'relance_unlink' );
		$this->assertSame( 'unlink', json_decode( Service::calls( '/plugin/shop-9' )[0]['body'], true )['action'] );
		$this->assertFalse( wp_next_scheduled( 'relance_deliver', array( 1, 'created', 0 ) ), 'nothing waits for a service that is gone' );
		$this->assertNull( Settings::link() );
		$this->assertNull( $this->key_row() );
		$this->assertFalse( get_user_by( 'login', ServiceUser::LOGIN ) );
		$this->assertSame( array( 'https://other.example/hook' ), array_map( static function ( $webhook ) {
			return $webhook->get_delivery_url();
		}, WC_Webhook::all() ) );
	}

	public function test_unlinking_works_even_if_the_service_is_gone_and_says_so(): void {
		self::link();
		Service::answers( '/plugin/shop-1', 500, array( 'detail' => 'Panne' ) );
		$this->submit( array( 'sure' => '1' ), 'relance_unlink' );
		$this->assertNull( Settings::link() );
		$this->assertStringContainsString( 'Panne', $this->admin->get( '/wp-admin/options-general.php?page=relance' )->body );
	}

	/** @var Browser */
	private $admin;

	private function submit( array $fields, string $action = 'relance_link' ): Browser {
		$this->admin = Browser::of( 'admin' );
		$nonce       = $this->admin->get( '/wp-admin/options-general.php?page=relance' )->nonce( $action );
		return $this->admin->post( '/wp-admin/admin-post.php', $fields + array( 'action' => $action, '_wpnonce' => $nonce ) );
	}

	private function accept(): void {
		Service::answers( '/plugin/link', 201, self::LINKED + array( 'webhook_url' => getenv( 'RELANCE_SERVICE' ) . '/webhooks/woocommerce/shop-9' ), '/wp-json/wc-relance/v1/contracts?per_page=1' );
	}

	private function key_row() {
		global $wpdb;
		return $wpdb->get_row( "SELECT * FROM {$wpdb->prefix}woocommerce_api_keys WHERE description = 'Relance'" );
	}

	private function webhook( string $url ): void {
		Shop::caller( Shop::key() )->json( 'POST', '/wp-json/wc/v3/webhooks', array( 'name' => 'Relance order.updated', 'topic' => 'order.updated', 'delivery_url' => $url, 'secret' => 'x' ) );
	}

	public function test_an_account_that_somebody_made_under_that_name_gets_no_rights(): void {
		$squatter = wp_insert_user( array( 'user_login' => ServiceUser::LOGIN, 'user_pass' => 'known', 'role' => 'customer' ) );
		$id       = ServiceUser::ensure();
		$this->assertNotSame( $squatter, $id );
		$this->assertSame( array( 'customer' ), get_userdata( $squatter )->roles );
		$this->assertFalse( user_can( $squatter, 'manage_woocommerce' ) );
		$this->assertTrue( user_can( $id, 'manage_woocommerce' ) );
		$this->assertTrue( is_wp_error( wp_authenticate( get_userdata( $id )->user_login, 'known' ) ) );
		ServiceUser::remove( $id );
		$this->assertFalse( get_userdata( $id ) );
		$this->assertNotFalse( get_userdata( $squatter ) );
	}
}
