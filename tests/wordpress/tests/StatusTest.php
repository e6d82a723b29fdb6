<?php

use Relance\Contracts\Listing;
use Relance\Contracts\Repository;
use Relance\Contracts\Status;

final class StatusTest extends SiteTestCase {

	public function test_a_status_is_stored_shown_back_and_announced_to_nobody(): void {
		self::link();
		$contract = Shop::contract();
		update_option( 'cron', array( 'version' => 2 ) );
		$answer = $this->post( $contract->id, self::status( 7, array( 'standing' => 'grace', 'term_end' => '2027-01-20', 'renewal_order_id' => 55 ) ) );
		$this->assertSame( 200, $answer->status, $answer->body );
		$this->assertSame( array( 'grace', 7 ), array( $answer->data()['relance']['standing'], $answer->data()['relance']['rev'] ) );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 'grace', '2027-01-20', 55 ), array( $now->standing(), $now->term_end, $now->renewal_order_id ) );
		$changed = array_keys( array_diff_assoc( array_map( 'serialize', $now->to_wire() ), array_map( 'serialize', $contract->to_wire() ) ) );
		$this->assertEmpty( array_diff( $changed, array( 'term_end', 'renewal_order_id', 'date_modified_gmt' ) ), implode( ' ', $changed ) );
		$this->assertFalse( wp_next_scheduled( 'relance_deliver', array( $contract->id, 'updated', 0 ) ) );
	}

	public function test_repeats_and_older_words_change_nothing(): void {
		$contract = Shop::contract();
		$this->post( $contract->id, self::status( 7, array( 'standing' => 'suspended' ) ) );
		$before = Repository::find( $contract->id );
		sleep( 1 );
		$this->post( $contract->id, self::status( 7, array( 'standing' => 'suspended' ) ) );
		$older = $this->post( $contract->id, self::status( 6, array( 'standing' => 'active' ) ) );
		$this->assertSame( 'suspended', $older->data()['relance']['standing'] );
		$this->assertEquals( $before, Repository::find( $contract->id ) );
	}

	public function test_a_word_from_before_the_client_paid_takes_no_term_back(): void {
		$contract = Shop::contract();
		$before   = $contract->latest_order_id;
		$this->post( $contract->id, self::status( 1, array( 'latest_order_id' => $before ) ) );
		$order = $this->renewal( $contract );
		$order->update_status( 'processing' );
		$paid = Repository::find( $contract->id );
		$this->assertSame( array( 2, $order->get_id() ), array( $paid->term_no, $paid->latest_order_id ) );

		$late = $this->post( $contract->id, self::status( 2, array( 'renewal_order_id' => $order->get_id(), 'latest_order_id' => $before ) ) );
		$this->assertSame( array( 200, 2, 1 ), array( $late->status, $late->data()['term_no'], $late->data()['relance']['rev'] ) );
		$this->assertEquals( $paid, Repository::find( $contract->id ) );

		$this->post( $contract->id, self::status( 3, array( 'standing' => 'active', 'term_no' => 2, 'term_start' => '2027-01-15', 'term_end' => '2028-01-14', 'latest_order_id' => $before ) ) );
		$this->assertSame( array( 2, 'active' ), array( Repository::find( $contract->id )->term_no, Repository::find( $contract->id )->standing() ), 'it agrees, by the order alone' );
		$this->post( $contract->id, self::status( 4, array( 'latest_order_id' => $order->get_id() ) ) );
		$this->assertSame( array( 1, '2027-01-14' ), array( Repository::find( $contract->id )->term_no, Repository::find( $contract->id )->term_end ), 'it has heard of the order, and does not count it' );
	}

	public function test_a_service_that_does_not_say_what_it_has_heard_is_believed(): void {
		$contract = Shop::contract();
		$this->renewal( $contract )->update_status( 'processing' );
		foreach ( array( array(), array( 'latest_order_id' => null ) ) as $rev => $more ) {
			Repository::change( Repository::find( $contract->id ), array( 'term_no' => 2 ) );
			$this->post( $contract->id, self::status( $rev + 1, $more ) );
			$this->assertSame( 1, Repository::find( $contract->id )->term_no );
		}
	}

	public function test_the_order_says_where_its_contract_stands(): void {
		$contract = Shop::contract();
		$this->assertSame( 'active', wc_get_order( $contract->order_id )->get_meta( '_relance_status' ) );
		$this->post( $contract->id, self::status( 1, array( 'standing' => 'suspended' ) ) );
		$this->assertSame( 'suspended', wc_get_order( $contract->order_id )->get_meta( '_relance_status' ) );
	}

	public function test_a_contract_that_was_refused_here_and_brought_back_there_is_open_again(): void {
		$contract = Repository::change( Shop::contract(), array( 'status' => 'declined', 'declined_at' => '2026-11-22 08:00:00', 'declined_by' => 'client' ) );
		$this->post( $contract->id, self::status( 1, array( 'standing' => 'renewal-due' ) ) );
		$this->assertSame( 'declined', Repository::find( $contract->id )->standing(), 'a word from before the service heard of it' );
		$this->post( $contract->id, self::status( 2, array( 'standing' => 'declined' ) ) );
		$this->post( $contract->id, self::status( 3, array( 'standing' => 'active' ) ) );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 'active', 'active', null, null ), array( $now->status, $now->standing(), $now->declined_at, $now->declined_by ) );
	}

	public function test_the_filter_of_the_list_says_what_the_badge_says(): void {
		foreach ( array( 'active', 'declined', 'ended', 'cancelled' ) as $status ) {
			foreach ( array_merge( array( '' ), Status::STANDINGS ) as $standing ) {
				$contract = Repository::change( Shop::contract(), array( 'status' => $status, 'standing' => $standing ) );
				$found    = ( new Listing() )->standing( $contract->standing() )->only( array( $contract->id ) )->total();
				$others   = 0;
				foreach ( array_diff( array_keys( Relance\Standings::all() ), array( $contract->standing() ) ) as $other ) {
					$others += ( new Listing() )->standing( $other )->only( array( $contract->id ) )->total();
				}
				$this->assertSame( array( 1, 0 ), array( $found, $others ), "{$status} and {$standing}" );
			}
		}
	}

	public function test_an_answer_to_a_call_is_checked_like_a_posted_one(): void {
		$this->assertTrue( is_wp_error( Status::checked( array( 'rev' => 1, 'standing' => 'nonsense' ) ) ) );
		$this->assertSame( 4, Status::checked( self::status( 4 ) )['rev'] );
	}

	public function test_a_new_link_counts_revisions_anew(): void {
		$contract = Shop::contract();
		$this->post( $contract->id, self::status( 900 ) );
		Repository::forget_revisions();
		$this->post( $contract->id, self::status( 1, array( 'standing' => 'grace' ) ) );
		$this->assertSame( 'grace', Repository::find( $contract->id )->standing() );
	}

	private function renewal( Relance\Contracts\Contract $contract ): WC_Order {
		return Shop::order( wc_get_product( $contract->product_id ), 'jeanne', array( 'via' => 'relance:x:2', 'meta' => array( '_relance_contract' => $contract->id ) ) );
	}

	private function post( int $id, array $status ): Browser {
		return Shop::caller( Shop::key() )->json( 'POST', "/wp-json/wc-relance/v1/contracts/{$id}/status", $status );
	}
}
