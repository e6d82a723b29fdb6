<?php

use Relance\Contracts\Clauses;
use Relance\Contracts\Repository;
use Relance\Contracts\Status;

final class AdminTest extends SiteTestCase {

	const HOSTILE = '<script>alert("x")</script>\' onmouseover=alert(1) "';
	const POST    = '/wp-admin/admin-post.php';

	public function actions(): array {
		$actions = array();
		foreach ( array( 'link', 'check', 'unlink', 'keep', 'site_link', 'site_unlink' ) as $name ) {
			$actions[ $name ] = array( 'relance_' . $name, 'boss' );
		}
		foreach ( array( 'pause', 'resume', 'site_of_contract', 'refuse', 'take_back' ) as $name ) {
			$actions[ $name ] = array( 'relance_' . $name, 'jeanne' );
		}
		return $actions;
	}

	/** @dataProvider actions */
	public function test_every_action_asks_for_capability_and_nonce( string $action, string $somebody ): void {
		self::link();
		Shop::contract();
		$fields = array( 'action' => $action, 'contract' => 1, 'until' => '2027-01-01', 'site_url' => 'https://x.example', 'service' => getenv( 'RELANCE_SERVICE' ), 'code' => 'ABCDEFGHJKMN', 'delete' => '1', 'on' => gmdate( 'Y-m-d' ), 'reason' => 'x', 'sure' => '1' );
		wp_set_current_user( Shop::user( $somebody ) );
		$this->assertSame( 403, Browser::of( $somebody )->post( self::POST, $fields )->status, 'without the capability' );
		$admin = Browser::of( 'admin' );
		$this->assertSame( 403, $admin->post( self::POST, $fields )->status, 'without a nonce' );
		$this->assertSame( 403, $admin->post( self::POST, $fields + array( '_wpnonce' => 'abcdef1234' ) )->status, 'with a wrong nonce' );
		$this->assertSame( 400, ( new Browser() )->post( self::POST, $fields )->status, 'nobody signed in' );
		$this->assertNotNull( get_option( 'relance_link' ) );
		$this->assertSame( array(), Service::calls() );
		$this->assertSame( array( null, 'active' ), array( Repository::find( 1 )->site_url, Repository::find( 1 )->status ) );
		$this->assertFalse( get_option( 'relance_delete_contracts' ) );
	}

	public function test_bulk_actions_ask_too(): void {
		self::link();
		Shop::contract();
		$url = '/wp-admin/admin.php?page=relance-contracts&action=pause&until=2027-01-01&contracts[]=1';
		$this->assertSame( 403, Browser::of( 'admin' )->get( $url )->status );
		$this->assertSame( 403, Browser::of( 'jeanne' )->get( $url )->status );
		$this->assertSame( array(), Service::calls() );
	}

	public function test_hostile_names_are_text_on_every_screen(): void {
		self::link();
		$product  = Shop::product( array( Clauses::PLAN => self::HOSTILE, Clauses::RENEWAL => 'tacit' ), self::HOSTILE );
		$order    = Shop::order( $product );
		$order->set_billing_company( self::HOSTILE );
		$order->update_status( 'processing' );
		$contract = Repository::of_order( $order->get_id() )[0];
		$event    = array( 'at' => self::HOSTILE, 'kind' => self::HOSTILE, 'label' => self::HOSTILE, 'to' => self::HOSTILE );
		Status::apply( $contract, self::status( 1, array( 'next' => array( 'label' => self::HOSTILE, 'on' => self::HOSTILE, 'waits_for' => self::HOSTILE ), 'timeline' => array( $event, array( 'label' => array( 'x' ), 'at' => array( 'x' ), 'kind' => array( 'x' ), 'to' => array( 'x' ) ) ), 'url' => 'javascript:alert(1)', 'paused_until' => '2099-01-01', 'pause_reason' => self::HOSTILE ) ) );
		$admin = Browser::of( 'admin' );
		foreach ( array( 'admin.php?page=relance-contracts', 'admin.php?page=relance-contracts&contract=' . $contract->id, 'admin.php?page=wc-orders', 'admin.php?page=wc-orders&action=edit&id=' . $order->get_id(), 'admin.php?page=relance-contracts&s=' . rawurlencode( self::HOSTILE ) . '&standing=' . rawurlencode( self::HOSTILE ), 'options-general.php?page=relance' ) as $path ) {
			$this->harmless( $admin->get( '/wp-admin/' . $path ), $path );
		}
		$jeanne = Browser::of( 'jeanne' );
		$this->harmless( $jeanne->get( '/mon-compte/maintenance/' ), 'account' );
		$this->harmless( $jeanne->get( '/mon-compte/maintenance/?relance_decline=' . $contract->id ), 'question' );
	}

	public function test_the_box_shows_standing_next_message_and_timeline_in_both_storages(): void {
		$contract = Shop::contract();
		Status::apply( $contract, self::status( 1 ) );
		$admin = Browser::of( 'admin' );
		foreach ( array( 'yes' => '/wp-admin/admin.php?page=wc-orders&action=edit&id=', 'no' => '/wp-admin/post.php?action=edit&post=' ) as $hpos => $path ) {
			update_option( 'woocommerce_custom_orders_table_enabled', $hpos );
			$page = $admin->get( $path . $contract->order_id )->body;
			foreach ( array( 'relance-renewal-due', 'refuse=1#relance-refusal', 'Rappel, 7 janvier 2027', 'Préavis envoyé → jeanne@client.example', '15 décembre 2026 09:00', 'CM-' . $contract->id ) as $text ) {
				$this->assertStringContainsString( $text, $page, "{$hpos}: {$text}" );
			}
		}
		$other = Shop::order( Shop::product( array( Clauses::ENABLED => 'no' ) ), 'paul' );
		$this->assertStringNotContainsString( 'relance-status', $admin->get( '/wp-admin/post.php?action=edit&post=' . $other->get_id() )->body );
	}

	public function test_the_orders_list_has_a_column_and_a_filter_in_both_storages(): void {
		foreach ( get_posts( array( 'post_type' => 'shop_order', 'post_status' => 'any', 'numberposts' => -1, 'fields' => 'ids' ) ) as $old ) {
			wp_delete_post( $old, true );
		}
		$contract = Shop::contract();
		Status::apply( $contract, self::status( 1, array( 'standing' => 'suspended' ) ) );
		$other = Shop::contract( '2026-02-01', 'paul' );
		$admin = Browser::of( 'admin' );
		foreach ( array( 'yes' => '/wp-admin/admin.php?page=wc-orders', 'no' => '/wp-admin/edit.php?post_type=shop_order' ) as $hpos => $path ) {
			update_option( 'woocommerce_custom_orders_table_enabled', $hpos );
			$all = $admin->get( $path )->body;
			$this->assertStringContainsString( 'relance-badge relance-suspended', $all, $hpos );
			$this->assertStringContainsString( 'relance-badge relance-active', $all, $hpos );
			$some = $admin->get( $path . '&relance_standing=suspended' )->body;
			$this->assertStringContainsString( '<option value="suspended"  selected=\'selected\'>', preg_replace( '/ +selected/', '  selected', $some ) );
			$this->assertStringNotContainsString( 'relance-badge relance-active', $some, $hpos );
			$this->assertStringContainsString( 'relance-badge relance-suspended', $some, $hpos );
		}
		$this->assertNotSame( $contract->id, $other->id );
	}

	public function test_pausing_goes_to_the_service_and_its_answer_is_shown(): void {
		self::link();
		$contract = Shop::contract();
		Service::answers( '/plugin/shop-1', 200, self::status( 5, array( 'paused_until' => '2099-03-01', 'pause_reason' => 'Litige' ) ) );
		$admin = Browser::of( 'boss' );
		$page  = '/wp-admin/admin.php?page=relance-contracts&contract=' . $contract->id;
		$nonce = $admin->get( $page )->nonce( 'relance_pause' );
		$admin->post( self::POST, array( 'action' => 'relance_pause', '_wpnonce' => $nonce, 'contract' => $contract->id, 'until' => '2099-03-01', 'reason' => 'Litige' ) );
		$asked = json_decode( Service::calls( '/plugin/shop-1' )[0]['body'], true );
		$this->assertSame( array( 'pause', $contract->id, '2099-03-01', 'Litige' ), array( $asked['action'], $asked['contract'], $asked['until'], $asked['reason'] ) );
		$shown = $admin->get( $page );
		$this->assertStringContainsString( '1 mars 2099 — Litige', $shown->body );
		$this->assertNotSame( '', $shown->nonce( 'relance_resume' ) );
	}

	public function test_a_refusal_of_the_service_is_shown_and_changes_nothing(): void {
		self::link();
		$contract = Shop::contract();
		Service::answers( '/plugin/shop-1', 422, array( 'detail' => 'until: attendu une date à venir.' ) );
		$admin = Browser::of( 'boss' );
		$page  = '/wp-admin/admin.php?page=relance-contracts&contract=' . $contract->id;
		$admin->post( self::POST, array( 'action' => 'relance_pause', '_wpnonce' => $admin->get( $page )->nonce( 'relance_pause' ), 'contract' => $contract->id, 'until' => '2020-01-01' ) );
		$this->assertStringContainsString( 'until: attendu une date à venir.', $admin->get( $page )->body );
		$this->assertSame( 0, Repository::find( $contract->id )->status_rev );
	}

	public function test_many_are_paused_a_hundred_a_call_and_each_refusal_is_named(): void {
		global $wpdb;
		self::link();
		Shop::contract();
		$table   = $wpdb->prefix . 'relance_contracts';
		$columns = implode( ',', array_diff( $wpdb->get_col( "SHOW COLUMNS FROM {$table}" ), array( 'id', 'order_item_id' ) ) );
		for ( $i = 0; $i < 7; $i++ ) {
			$wpdb->query( "INSERT INTO {$table} ({$columns}) SELECT {$columns} FROM {$table}" );
		}
		Service::answers( '/plugin/shop-1', 200, array( 'results' => array( array( 'contract' => 1, 'ok' => true ), array( 'contract' => 2, 'ok' => false, 'detail' => 'terminé' ) ) ) );
		$admin = Browser::of( 'boss' );
		$nonce = $admin->get( '/wp-admin/admin.php?page=relance-contracts' )->any_nonce();
		$ids   = implode( '&contracts[]=', $wpdb->get_col( "SELECT id FROM {$table} ORDER BY id" ) );
		$admin->get( '/wp-admin/admin.php?page=relance-contracts&action=pause&until=2099-01-01&_wpnonce=' . $nonce . '&contracts[]=' . $ids );
		$sizes = array_map( static function ( $call ) {
			return count( json_decode( $call['body'], true )['contracts'] );
		}, Service::calls( '/plugin/shop-1' ) );
		$this->assertSame( array( 100, 28 ), $sizes );
		$this->assertStringContainsString( 'CM-2: terminé', $admin->get( '/wp-admin/admin.php?page=relance-contracts' )->body );
	}

	public function test_the_list_searches_sorts_and_filters(): void {
		$first  = Shop::contract( '2026-03-01', 'jeanne', array( Clauses::PLAN => 'Alpha' ) );
		$second = Shop::contract( '2026-01-01', 'paul', array( Clauses::PLAN => 'Beta' ) );
		Status::apply( $second, self::status( 1, array( 'standing' => 'suspended', 'term_end' => '2026-12-31' ) ) );
		$admin = Browser::of( 'boss' );
		$ids   = static function ( $query ) use ( $admin ) {
			preg_match_all( '/name="contracts\[\]" value="(\d+)"/', $admin->get( '/wp-admin/admin.php?page=relance-contracts&' . $query )->body, $m );
			return array_map( 'intval', $m[1] );
		};
		$this->assertSame( array( $second->id, $first->id ), $ids( 'orderby=term&order=asc' ) );
		$this->assertSame( array( $first->id, $second->id ), $ids( 'orderby=term&order=desc' ) );
		$this->assertSame( array( $second->id ), $ids( 's=beta' ) );
		$this->assertSame( array( $first->id ), $ids( 's=CM-' . $first->id ) );
		$this->assertSame( array( $second->id ), $ids( 'standing=suspended' ) );
		$this->assertSame( array(), $ids( 's=%25' ), 'a percent sign is no wildcard' );
		$this->assertSame( array( $second->id, $first->id ), $ids( 'orderby=' . rawurlencode( 'id; DROP TABLE x' ) ) );
	}

	public function test_product_fields_are_saved_as_typed_or_as_usual(): void {
		$product = Shop::product( array( Clauses::ENABLED => 'no' ) );
		$admin   = Browser::of( 'admin' );
		$page    = $admin->get( '/wp-admin/post.php?action=edit&post=' . $product->get_id() )->body;
		preg_match( '/name="_wpnonce" value="([^"]+)"/', $page, $nonce );
		preg_match( '/name="woocommerce_meta_nonce" value="([^"]+)"/', $page, $meta );
		$admin->post( '/wp-admin/post.php', array( 'action' => 'editpost', 'post_ID' => $product->get_id(), 'post_type' => 'product', 'post_title' => 'Entretien', '_wpnonce' => $nonce[1], 'woocommerce_meta_nonce' => $meta[1], '_relance_maintenance' => 'yes', '_relance_months' => '900', '_relance_renewal' => 'tacit', '_relance_notice' => 'P2M', '_relance_plan' => '<b>Plan</b>', '_relance_suspension' => 'everything' ) );
		$this->assertSame( array( 'plan' => 'Plan', 'months' => 12, 'renewal' => 'tacit', 'notice' => 'P2M', 'suspension' => 'care' ), Clauses::of( wc_get_product( $product->get_id() ) ) );
	}

	public function test_the_site_of_a_contract_is_an_address_or_nothing(): void {
		$contract = Shop::contract();
		$admin    = Browser::of( 'boss' );
		$page     = '/wp-admin/admin.php?page=relance-contracts&contract=' . $contract->id;
		foreach ( array( 'https://client.example' => 'https://client.example', 'javascript:alert(1)' => 'https://client.example', '' => null ) as $typed => $kept ) {
			$admin->post( self::POST, array( 'action' => 'relance_site_of_contract', '_wpnonce' => $admin->get( $page )->nonce( 'relance_site_of_contract' ), 'contract' => $contract->id, 'site_url' => $typed ) );
			$this->assertSame( $kept, Repository::find( $contract->id )->site_url );
		}
	}

	public function test_words_of_another_kind_than_expected_break_no_screen(): void {
		$contract = Shop::contract();
		Status::apply( $contract, self::status( 1, array( 'next' => array( 'label' => 'Rappel', 'on' => array( 'x' ), 'waits_for' => array( 'x' ), 'step' => 7 ) ) ) );
		$admin = Browser::of( 'admin' );
		foreach ( array( 'admin.php?page=relance-contracts', 'admin.php?page=relance-contracts&contract=' . $contract->id, 'admin.php?page=wc-orders&action=edit&id=' . $contract->order_id ) as $path ) {
			$page = $admin->get( '/wp-admin/' . $path );
			$this->assertSame( 200, $page->status, $path );
			$this->assertStringContainsString( 'Rappel', $page->body, $path );
		}
	}

	public function test_a_contract_that_is_not_there_is_said_so(): void {
		$page = Browser::of( 'boss' )->get( '/wp-admin/admin.php?page=relance-contracts&contract=999' );
		$this->assertSame( 200, $page->status );
		$this->assertStringContainsString( 'contrat', $page->body );
		$this->assertStringContainsString( 'page=relance-contracts"', $page->body );
	}

	public function test_a_nonce_of_one_contract_is_good_for_no_other(): void {
		self::link();
		$first  = Shop::contract();
		$second = Shop::contract( '2026-02-15', 'paul' );
		$boss   = Browser::of( 'boss' );
		$nonce  = $boss->get( '/wp-admin/admin.php?page=relance-contracts&contract=' . $first->id )->nonce( 'relance_pause' );
		$this->assertSame( 403, $boss->post( self::POST, array( 'action' => 'relance_pause', '_wpnonce' => $nonce, 'contract' => $second->id, 'until' => '2099-01-01', 'reason' => 'x' ) )->status );
		$this->assertSame( array(), Service::calls() );
	}

	public function test_the_filter_pauses_nobody_and_a_bulk_action_comes_back_to_the_list_as_it_was(): void {
		self::link();
		$contract = Shop::contract();
		Service::answers( '/plugin/shop-1', 200, array( 'results' => array( array( 'contract' => $contract->id, 'ok' => true ) ) ) );
		$boss   = Browser::of( 'boss' );
		$list   = '/wp-admin/admin.php?page=relance-contracts&standing=active&orderby=client&order=asc';
		$nonce  = $boss->get( $list )->any_nonce();
		$chosen = "&_wp_http_referer=%2Fwp-admin%2Fadmin.php&action=pause&until=2099-01-01&contracts[]={$contract->id}&_wpnonce={$nonce}";
		$this->assertStringContainsString( 'name="filter_action"', $boss->body );
		$boss->get( $list . $chosen . '&filter_action=1' );
		$this->assertSame( array(), Service::calls() );
		$this->assertSame( 302, $boss->status );
		$this->assertStringNotContainsString( $nonce, $boss->answer['location'], 'no nonce stays in the address' );
		$boss->headers = array( 'Referer: ' . getenv( 'RELANCE_URL' ) . $list );
		$boss->get( $list . str_replace( '_wp_http_referer=%2Fwp-admin%2Fadmin.php', '', $chosen ) );
		$this->assertCount( 1, Service::calls() );
		$this->assertSame( getenv( 'RELANCE_URL' ) . $list, $boss->answer['location'] );
	}

	public function test_styles_are_loaded_where_they_are_needed(): void {
		$contract = Shop::contract();
		$admin    = Browser::of( 'admin' );
		foreach ( array( 'options-general.php?page=relance' => true, 'admin.php?page=relance-contracts' => true, 'admin.php?page=wc-orders' => true, 'admin.php?page=wc-orders&action=edit&id=' . $contract->order_id => true, 'index.php' => false, 'edit.php' => false ) as $path => $needed ) {
			$this->assertSame( $needed, false !== strpos( $admin->get( '/wp-admin/' . $path )->body, 'relance/assets/admin.css' ), $path );
		}
		update_option( 'woocommerce_custom_orders_table_enabled', 'no' );
		foreach ( array( 'edit.php?post_type=shop_order', 'post.php?action=edit&post=' . $contract->order_id ) as $path ) {
			$this->assertStringContainsString( 'relance/assets/admin.css', $admin->get( '/wp-admin/' . $path )->body, $path );
		}
	}

	public function test_a_notice_period_that_was_set_elsewhere_is_offered_too(): void {
		$product = Shop::product( array( Clauses::RENEWAL => 'tacit', Clauses::NOTICE => 'P45D' ) );
		$page    = Browser::of( 'admin' )->get( '/wp-admin/post.php?action=edit&post=' . $product->get_id() )->body;
		$this->assertStringContainsString( '<option value="P45D"  selected=\'selected\'>45 jours</option>', preg_replace( '/ +selected/', '  selected', $page ) );
		$this->assertStringContainsString( '<option value="P2M" >2 mois</option>', $page );
	}

	private function harmless( Browser $page, string $where ): void {
		$this->assertSame( 200, $page->status, $where );
		$this->assertStringNotContainsString( '<script>alert', $page->body, $where );
		$this->assertStringNotContainsString( 'javascript:alert', $page->body, $where );
		$dom = new DOMDocument();
		libxml_use_internal_errors( true );
		$dom->loadHTML( $page->body );
		libxml_clear_errors();
		$this->assertSame( 0, ( new DOMXPath( $dom ) )->query( '//*[@onmouseover]' )->length, $where . ': an attribute was opened' );
	}
}
