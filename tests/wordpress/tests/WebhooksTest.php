<?php

use Relance\Contracts\Repository;
use Relance\Service\Signature;
use Relance\Service\Webhooks;

final class WebhooksTest extends SiteTestCase {

	const PATH = '/webhooks/woocommerce/shop-1';

	public function test_signatures_are_those_of_a_recorded_delivery(): void {
		$this->assertSame( '4bU83aUncT74ExFPAUdLjzLukW5CER5fCqDMpUzyaa4=', Signature::of( '{"action":"woocommerce_order_status_changed","arg":12}', 'companion-secret-0123456789abcdef' ) );
	}

	public function test_a_new_contract_is_announced_later_as_get_shows_it_then(): void {
		$link     = self::link();
		$contract = Shop::contract();
		$this->assertSame( array(), Service::calls( self::PATH ), 'nothing in the request of the buyer' );
		Repository::change( $contract, array( 'site_url' => 'https://client.example' ) );
		Repository::change( Repository::find( $contract->id ), array( 'site_url' => 'https://autre.example' ) );
		self::cron();
		$calls = Service::calls( self::PATH );
		$this->assertSame( array( 'relance_contract.created', 'relance_contract.updated' ), array_column( array_column( $calls, 'headers' ), 'x-wc-webhook-topic' ) );
		foreach ( $calls as $call ) {
			$this->assertSame( Signature::of( $call['body'], $link['webhook_secret'] ), $call['headers']['x-wc-webhook-signature'] );
			$this->assertSame( 'https://autre.example', json_decode( $call['body'], true )['site_url'] );
			$this->assertSame( Shop::caller( Shop::key() )->get( '/wp-json/wc-relance/v1/contracts/' . $contract->id )->data(), json_decode( $call['body'], true ) );
		}
		$headers = $calls[0]['headers'];
		$this->assertSame( array( 'relance_contract', 'created', '0', home_url( '/' ) ), array( $headers['x-wc-webhook-resource'], $headers['x-wc-webhook-event'], $headers['x-wc-webhook-id'], $headers['x-wc-webhook-source'] ) );
		$this->assertMatchesRegularExpression( '#^WooCommerce/[\d.]+ Hookshot \(WordPress/[\d.]+\)$#', $headers['user-agent'] );
	}

	public function test_a_failure_is_tried_again_after_longer_and_longer_and_shown(): void {
		self::link();
		Service::answers( self::PATH, 503, array( 'detail' => 'Maintenance' ) );
		$contract = Shop::contract();
		( new Webhooks() )->deliver( $contract->id, 'created', 0 );
		( new Webhooks() )->deliver( $contract->id, 'created', 4 );
		( new Webhooks() )->deliver( $contract->id, 'created', 5 );
		$this->assertEqualsWithDelta( time() + 60, wp_next_scheduled( 'relance_deliver', array( $contract->id, 'created', 1 ) ), 5 );
		$this->assertEqualsWithDelta( time() + 21600, wp_next_scheduled( 'relance_deliver', array( $contract->id, 'created', 5 ) ), 5 );
		$this->assertFalse( wp_next_scheduled( 'relance_deliver', array( $contract->id, 'created', 6 ) ) );
		$this->assertStringContainsString( 'Maintenance', get_option( 'relance_errors' )[0]['what'] );
	}

	public function test_where_action_scheduler_is_there_it_delivers_and_one_waiting_is_enough(): void {
		self::link();
		$contract = Shop::contract();
		update_option( 'cron', array( 'version' => 2 ) );
		$code = 'function as_schedule_single_action($at,$hook,$args,$group){$GLOBALS["queue"][]=array($hook,$args,$group);}'
			. 'function as_get_scheduled_actions($q,$as){return array_keys(array_filter($GLOBALS["queue"]??array(),function($one)use($q){return $one===array($q["hook"],$q["args"],$q["group"])&&"pending"===$q["status"];}));}'
			. '$_SERVER["HTTP_HOST"]="x";require getenv("RELANCE_SITE")."/wp-load.php";$c=Relance\\Contracts\\Repository::find(' . $contract->id . ');'
			. 'do_action("relance_contract_updated",$c);do_action("relance_contract_updated",$c);echo json_encode(array($GLOBALS["queue"],wp_next_scheduled("relance_deliver",array($c->id,"updated",0))));';
		$this->assertSame( array( array( array( 'relance_deliver', array( $contract->id, 'updated', 0 ), 'relance' ) ), false ), json_decode( (string) shell_exec( 'php -r ' . escapeshellarg( $code ) ), true ) );
	}

	public function test_without_a_link_nothing_is_queued(): void {
		$contract = Shop::contract();
		$this->assertFalse( wp_next_scheduled( 'relance_deliver', array( $contract->id, 'created', 0 ) ) );
	}

	public function test_the_shops_own_webhooks_are_signed_alike(): void {
		Shop::caller( Shop::key() )->json( 'POST', '/wp-json/wc/v3/webhooks', array( 'name' => 'Relance order.updated', 'topic' => 'order.updated', 'delivery_url' => getenv( 'RELANCE_SERVICE' ) . '/orders', 'secret' => 'abc' ) );
		Shop::sale( Shop::product() );
		self::cron();
		$calls = Service::calls( '/orders' );
		$this->assertSame( 'webhook_id=1', $calls[0]['body'] );
		$this->assertSame( Signature::of( $calls[1]['body'], 'abc' ), $calls[1]['headers']['x-wc-webhook-signature'] );
		$GLOBALS['wpdb']->query( "TRUNCATE {$GLOBALS['wpdb']->prefix}wc_webhooks" );
	}
}
