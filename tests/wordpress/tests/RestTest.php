<?php

use Relance\Contracts\Listing;
use Relance\Contracts\Repository;

final class RestTest extends SiteTestCase {

	const ROOT = '/wp-json/wc-relance/v1/contracts';

	public function routes(): array {
		return array(
			'list'   => array( 'GET', '' ),
			'get'    => array( 'GET', '/1' ),
			'create' => array( 'POST', '' ),
			'update' => array( 'PUT', '/1' ),
			'status' => array( 'POST', '/1/status' ),
		);
	}

	/** @dataProvider routes */
	public function test_no_key_wrong_keys_read_keys_and_clients_keys_are_refused( string $method, string $path ): void {
		Shop::contract();
		$key  = Shop::key();
		$body = 'GET' === $method ? null : $this->body( $path );
		$this->assertSame( 401, ( new Browser() )->json( $method, self::ROOT . $path, $body )->status );
		foreach ( array( array( $key[0], 'cs_' . str_repeat( '0', 40 ) ), array( 'ck_' . str_repeat( '0', 40 ), $key[1] ) ) as $wrong ) {
			$answer = Shop::caller( $wrong )->json( $method, self::ROOT . $path, $body );
			$this->assertSame( 401, $answer->status, $answer->body );
		}
		$client = Shop::caller( Shop::key( 'read_write', Shop::user( 'paul' ) ) )->json( $method, self::ROOT . $path, $body );
		$this->assertSame( 403, $client->status );
		$this->assertSame( 'relance_rest_cannot_access', $client->data()['code'] );
		$read = Shop::caller( Shop::key( 'read' ) )->json( $method, self::ROOT . $path, $body );
		$this->assertSame( 'GET' === $method ? 200 : 401, $read->status );
		$this->assertSame( 1, ( new Listing() )->total() );
		$this->assertSame( 0, Repository::find( 1 )->status_rev );
	}

	/** @dataProvider routes */
	public function test_the_right_key_is_let_in( string $method, string $path ): void {
		Shop::contract();
		$answer = Shop::caller( Shop::key() )->json( $method, self::ROOT . $path, 'GET' === $method ? null : $this->body( $path ) );
		$this->assertContains( $answer->status, array( 200, 201 ), $answer->body );
	}

	public function test_keys_work_signed_over_plain_http_and_a_nonce_once(): void {
		Shop::contract();
		$url = OAuth::sign( 'GET', self::ROOT, array( 'per_page' => '5' ), Shop::key() );
		$this->assertSame( 200, ( new Browser() )->get( $url )->status );
		$this->assertSame( 401, ( new Browser() )->get( $url )->status );
	}

	public function test_a_page_has_woocommerces_headers_and_leaks_no_key(): void {
		foreach ( array( '2026-01-15', '2026-02-15', '2026-03-15' ) as $day ) {
			Shop::contract( $day );
		}
		$key    = Shop::key();
		$answer = ( new Browser() )->get( OAuth::sign( 'GET', self::ROOT, array( 'per_page' => '2', 'orderby' => 'id' ), $key ) );
		$this->assertSame( array( '3', '2' ), array( $answer->answer['x-wp-total'], $answer->answer['x-wp-totalpages'] ) );
		$this->assertSame( RELANCE_VERSION, $answer->answer['x-relance-plugin'] );
		$this->assertStringContainsString( 'page=2', $answer->answer['link'] );
		$this->assertStringNotContainsString( 'oauth_', $answer->answer['link'] );
		$this->assertStringNotContainsString( $key[0], implode( '', $answer->answer ) );
		$this->assertSame( array( 1, 2 ), array_column( $answer->data(), 'id' ) );
		$this->assertSame( array(), Shop::caller( $key )->get( self::ROOT . '?page=9' )->data() );
	}

	public function test_the_list_filters_by_instant_id_and_status(): void {
		global $wpdb;
		$first  = Shop::contract( '2026-01-15' );
		$second = Shop::contract( '2026-02-15', 'paul' );
		Repository::change( $second, array( 'status' => 'declined' ) );
		$wpdb->query( "UPDATE {$wpdb->prefix}relance_contracts SET date_modified_gmt = '2026-01-01 10:00:00' WHERE id = {$first->id}" );
		$caller = Shop::caller( Shop::key() );
		$ids    = static function ( $query ) use ( $caller ) {
			return array_column( $caller->get( self::ROOT . '?' . $query )->data(), 'id' );
		};
		$this->assertSame( array( 2 ), $ids( 'modified_after=2026-01-01T10:00:00&dates_are_gmt=true' ), 'strictly after' );
		$this->assertSame( array( 1, 2 ), $ids( 'modified_after=2026-01-01T09:59:59&dates_are_gmt=true&orderby=modified&order=asc' ) );
		$this->assertSame( array( 1, 2 ), $ids( 'modified_after=2026-01-01T10:59:59' ), 'naive instants are local' );
		$this->assertSame( array( 2 ), $ids( 'status=declined' ) );
		$this->assertSame( array( 2 ), $ids( 'include=2,77' ) );
	}

	public function bad(): array {
		return array(
			'per_page'       => array( 'GET', '?per_page=101', null ),
			'modified_after' => array( 'GET', '?modified_after=yesterday', null ),
			'status'         => array( 'GET', '?status=nonsense', null ),
			'orderby'        => array( 'GET', '?orderby=price;drop', null ),
			'notice'         => array( 'PUT', '/1', array( 'notice' => 'two months' ) ),
			'renewal'        => array( 'PUT', '/1', array( 'renewal' => 'automatic' ) ),
			'site_url'       => array( 'PUT', '/1', array( 'site_url' => 'javascript:alert(1)' ) ),
			'price'          => array( 'POST', '', array( 'plan' => 'X', 'term_start' => '2026-01-01', 'price' => '-1', 'billing' => array( 'email' => 'a@b.example' ) ) ),
			'term_start'     => array( 'POST', '', array( 'plan' => 'X', 'term_start' => '2026-02-30', 'price' => '1.00', 'billing' => array( 'email' => 'a@b.example' ) ) ),
			'billing'        => array( 'POST', '', array( 'plan' => 'X', 'term_start' => '2026-02-01', 'price' => '1.00', 'billing' => array() ) ),
			'standing'       => array( 'POST', '/1/status', array( 'rev' => 1, 'standing' => 'happy', 'term_no' => 1, 'term_start' => '2026-01-01', 'term_end' => '2026-12-31' ) ),
			'rev'            => array( 'POST', '/1/status', array( 'standing' => 'active', 'term_no' => 1, 'term_start' => '2026-01-01', 'term_end' => '2026-12-31' ) ),
		);
	}

	/** @dataProvider bad */
	public function test_bad_input_is_400_and_names_the_field( string $method, string $path, $body ): void {
		Shop::contract();
		$answer = Shop::caller( Shop::key() )->json( $method, self::ROOT . $path, $body );
		$this->assertSame( 400, $answer->status, $answer->body );
		$this->assertStringContainsString( $this->dataName(), $answer->body );
		$this->assertSame( 1, ( new Listing() )->total() );
	}

	public function test_what_is_not_there_is_404(): void {
		$answer = Shop::caller( Shop::key() )->get( self::ROOT . '/99' );
		$this->assertSame( array( 404, 'relance_rest_contract_invalid_id' ), array( $answer->status, $answer->data()['code'] ) );
	}

	public function test_a_contract_sold_outside_the_shop_is_created_and_its_clauses_changed(): void {
		$caller = Shop::caller( Shop::key() );
		$made   = $caller->json( 'POST', self::ROOT, $this->body( '' ) );
		$this->assertSame( 201, $made->status, $made->body );
		$this->assertSame( array( '2026-05-31', '2026-11-29', 'P1M' ), array( $made->data()['term_start'], $made->data()['term_end'], $made->data()['notice'] ) );
		$changed = $caller->json( 'PUT', self::ROOT . '/' . $made->data()['id'], array( 'site_url' => 'https://client.example', 'notice' => null, 'billing' => array( 'city' => 'Nantes' ) ) )->data();
		$this->assertSame( array( 'https://client.example', null, 'Nantes', 'a@client.example' ), array( $changed['site_url'], $changed['notice'], $changed['billing']['city'], $changed['billing']['email'] ) );
		$ended = $caller->json( 'PUT', self::ROOT . '/' . $made->data()['id'], array( 'status' => 'ended' ) )->data();
		$this->assertNotNull( $ended['ended_at'] );
	}

	public function test_five_thousand_contracts_take_under_two_hundred_queries(): void {
		global $wpdb;
		Shop::contract();
		$table   = $wpdb->prefix . 'relance_contracts';
		$columns = implode( ',', array_diff( $wpdb->get_col( "SHOW COLUMNS FROM {$table}" ), array( 'id', 'order_item_id' ) ) );
		for ( $i = 0; $i < 13; $i++ ) {
			$wpdb->query( "INSERT INTO {$table} ({$columns}) SELECT {$columns} FROM {$table} LIMIT 5000" );
		}
		$wpdb->query( "DELETE FROM {$table} WHERE id NOT IN (SELECT id FROM (SELECT id FROM {$table} ORDER BY id LIMIT 5000) AS first)" );
		wp_set_current_user( Shop::user( 'admin' ) );
		$before = $wpdb->num_queries;
		$seen   = array();
		for ( $page = 1; $page <= 50; $page++ ) {
			$request = new WP_REST_Request( 'GET', '/wc-relance/v1/contracts' );
			$request->set_query_params( array( 'per_page' => 100, 'page' => $page ) );
			$seen = array_merge( $seen, array_column( rest_do_request( $request )->get_data(), 'id' ) );
		}
		$this->assertCount( 5000, array_unique( $seen ) );
		$this->assertLessThan( 200, $wpdb->num_queries - $before );
		$admin = Browser::of( 'admin' );
		$admin->get( '/wp-admin/admin.php?page=relance-contracts' ); // the first page of a session does more
		$list = $admin->get( '/wp-admin/admin.php?page=relance-contracts' );
		$many = $list->queries();
		$this->assertSame( 50, substr_count( $list->body, 'name="contracts[]"' ) );
		$wpdb->query( "DELETE FROM {$table} WHERE id > (SELECT id FROM (SELECT id FROM {$table} ORDER BY id LIMIT 1) AS first)" );
		$one = $admin->get( '/wp-admin/admin.php?page=relance-contracts' )->queries();
		$this->assertSame( $one, $many, 'a full page takes no more queries than one of a single row' );
	}

	private function body( string $path ): array {
		$bodies = array(
			''          => array( 'plan' => 'Hors boutique', 'months' => 6, 'term_start' => '2026-05-31', 'price' => '120.00', 'renewal' => 'tacit', 'notice' => 'P1M', 'billing' => array( 'company' => 'Boulangerie', 'email' => 'a@client.example' ) ),
			'/1'        => array( 'plan' => 'Autre' ),
			'/1/status' => self::status( 3 ),
		);
		return $bodies[ $path ];
	}
}
