<?php

use Relance\Contracts\Clauses;
use Relance\Contracts\Repository;

final class AccountTest extends SiteTestCase {

	const PAGE = '/mon-compte/maintenance/';

	public function test_a_client_sees_the_own_contracts_only(): void {
		Shop::contract( '2026-01-15', 'jeanne', array( Clauses::PLAN => 'Sérénité' ) );
		Shop::contract( '2026-02-15', 'paul', array( Clauses::PLAN => 'Premium' ) );
		$page = Browser::of( 'jeanne' )->get( self::PAGE )->body;
		$this->assertStringContainsString( 'Sérénité', $page );
		$this->assertStringContainsString( '14 janvier 2027', $page );
		$this->assertStringNotContainsString( 'Premium', $page );
		$this->assertStringNotContainsString( 'Sérénité', ( new Browser() )->get( self::PAGE )->body );
	}

	public function test_the_menu_has_the_page_only_for_clients_with_a_contract(): void {
		Shop::contract();
		$this->assertStringContainsString( 'maintenance/"', Browser::of( 'jeanne' )->get( '/mon-compte/' )->body );
		$this->assertStringNotContainsString( 'maintenance/"', Browser::of( 'paul' )->get( '/mon-compte/' )->body );
	}

	public function test_the_pending_renewal_has_a_button_until_it_is_paid(): void {
		$contract = Shop::contract();
		$order    = Shop::order( wc_get_product( $contract->product_id ), 'jeanne', array( 'via' => 'relance:x:2', 'meta' => array( '_relance_contract' => $contract->id ) ) );
		Relance\Contracts\Status::apply( $contract, self::status( 1, array( 'renewal_order_id' => $order->get_id() ) ) );
		$browser = Browser::of( 'jeanne' );
		$this->assertStringContainsString( esc_url( $order->get_checkout_payment_url() ), $browser->get( self::PAGE )->body );
		$order->payment_complete();
		$this->assertStringNotContainsString( 'order-pay', $browser->get( self::PAGE )->body );
	}

	public function test_a_client_refuses_a_tacit_renewal_after_a_confirmation_and_the_service_hears_of_it(): void {
		self::link();
		$contract = $this->tacit();
		$browser  = Browser::of( 'jeanne' );
		$this->assertStringContainsString( 'relance_decline=' . $contract->id, $browser->get( self::PAGE )->body );
		$question = $browser->get( self::PAGE . '?relance_decline=' . $contract->id );
		$this->assertSame( 'active', Repository::find( $contract->id )->status, 'asking changes nothing' );
		$this->assertSame( 302, $browser->post( self::PAGE, array( 'relance_decline' => $contract->id, '_wpnonce' => $question->any_nonce() ) )->status );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 'declined', 'client' ), array( $now->status, $now->declined_by ) );
		$this->assertStringContainsString( gmdate( 'Y-m-d' ), $now->declined_at );
		self::cron();
		$calls = Service::calls( '/webhooks/woocommerce/shop-1' );
		$this->assertSame( 'declined', json_decode( end( $calls )['body'], true )['status'] );
		$after = $browser->get( self::PAGE )->body;
		$this->assertStringNotContainsString( 'relance_decline=', $after );
	}

	public function test_refusing_twice_keeps_the_first_instant(): void {
		$contract = $this->tacit();
		$browser  = Browser::of( 'jeanne' );
		$nonce    = $browser->get( self::PAGE . '?relance_decline=' . $contract->id )->any_nonce();
		$browser->post( self::PAGE, array( 'relance_decline' => $contract->id, '_wpnonce' => $nonce ) );
		$first = Repository::find( $contract->id )->declined_at;
		sleep( 1 );
		$browser->post( self::PAGE, array( 'relance_decline' => $contract->id, '_wpnonce' => $nonce ) );
		$this->assertSame( $first, Repository::find( $contract->id )->declined_at );
	}

	public function test_nobody_refuses_for_somebody_else_or_without_a_nonce(): void {
		$contract = $this->tacit();
		$paul     = Browser::of( 'paul' );
		$nonce    = $paul->get( self::PAGE . '?relance_decline=' . $contract->id )->any_nonce();
		$this->assertSame( '', $nonce, 'the question is not asked' );
		$this->assertSame( 403, $paul->post( self::PAGE, array( 'relance_decline' => $contract->id, '_wpnonce' => $nonce ) )->status );
		$this->assertSame( 403, Browser::of( 'jeanne' )->post( self::PAGE, array( 'relance_decline' => $contract->id ) )->status );
		$this->assertSame( 403, ( new Browser() )->post( self::PAGE, array( 'relance_decline' => $contract->id ) )->status );
		$this->assertSame( 'active', Repository::find( $contract->id )->status );
	}

	public function test_the_law_gives_contracts_concluded_online_their_label(): void {
		$this->tacit();
		$this->assertStringContainsString( 'Résilier votre contrat', Browser::of( 'jeanne' )->get( self::PAGE )->body );
		Repository::change( Repository::find( 1 ), array( 'concluded_online' => 0 ) );
		$this->assertStringContainsString( 'Ne pas renouveler', Browser::of( 'jeanne' )->get( self::PAGE )->body );
		Repository::change( Repository::find( 1 ), array( 'renewal' => 'explicit' ) );
		$this->assertStringNotContainsString( 'relance_decline=', Browser::of( 'jeanne' )->get( self::PAGE )->body );
	}

	public function test_an_export_of_personal_data_has_the_contracts_of_that_person_only(): void {
		$mine  = Shop::contract( '2026-01-15', 'jeanne' );
		$guest = Shop::contract( '2026-02-15', '', array(), array( 'email' => 'Jeanne@client.example' ) );
		Shop::contract( '2026-03-15', 'paul' );
		Relance\Contracts\Status::apply( $mine, self::status( 1 ) );
		$export = apply_filters( 'wp_privacy_personal_data_exporters', array() )['relance']['callback']( 'jeanne@client.example', 1 );
		$this->assertTrue( $export['done'] );
		$this->assertSame( array( 'relance-' . $mine->id, 'relance-' . $guest->id ), array_column( $export['data'], 'item_id' ) );
		$values = array_column( $export['data'][0]['data'], 'value', 'name' );
		$this->assertSame( array( 'Jeanne', '2027-01-14', 'Préavis envoyé jeanne@client.example' ), array( $values['first_name'], $values['term_end'], $values['2026-12-15T08:00:00Z'] ) );
		$this->assertSame( array(), apply_filters( 'wp_privacy_personal_data_exporters', array() )['relance']['callback']( 'nobody@client.example', 1 )['data'] );
	}

	private function tacit() {
		return Shop::contract( '2026-01-15', 'jeanne', array( Clauses::RENEWAL => 'tacit', Clauses::NOTICE => 'P2M' ) );
	}

	public function test_whoever_erases_a_person_is_told_which_contracts_stay(): void {
		$contract = Shop::contract( '2026-01-15', 'jeanne' );
		$erase    = apply_filters( 'wp_privacy_personal_data_erasers', array() )['relance']['callback'];
		$answer   = $erase( 'jeanne@client.example', 1 );
		$this->assertSame( array( false, true, true ), array( $answer['items_removed'], $answer['items_retained'], $answer['done'] ) );
		$this->assertStringContainsString( $contract->number(), $answer['messages'][0] );
		$this->assertSame( array(), $erase( 'nobody@client.example', 1 )['messages'] );
		$this->assertNotNull( Repository::find( $contract->id ) );
	}

	public function test_contracts_of_a_deleted_account_become_a_guests_and_the_service_hears_of_it(): void {
		self::link();
		$user     = wp_insert_user( array( 'user_login' => 'lea', 'user_pass' => 'lea', 'user_email' => 'lea@client.example', 'role' => 'customer' ) );
		$contract = Shop::contract( '2026-01-15', 'lea' );
		update_option( 'cron', array( 'version' => 2 ) );
		wp_delete_user( $user );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 0, 'lea@client.example' ), array( $now->customer_id, $now->email ) );
		self::cron();
		$calls = Service::calls( '/webhooks/woocommerce/shop-1' );
		$this->assertSame( 0, json_decode( end( $calls )['body'], true )['customer_id'] );
		$order = Shop::order( wc_get_product( $contract->product_id ), '', array( 'email' => 'lea@client.example', 'via' => 'relance:x:2', 'meta' => array( '_relance_contract' => $contract->id ) ) );
		$order->payment_complete();
		$this->assertSame( 2, Repository::find( $contract->id )->term_no, 'and a payment still renews them' );
	}
}
