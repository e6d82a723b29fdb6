<?php

use Relance\Contracts\Clauses;
use Relance\Contracts\Listing;
use Relance\Contracts\Purchases;
use Relance\Contracts\Repository;

/** WooCommerce Subscriptions' own function, as far as the plugin asks it. */
function wcs_order_contains_subscription( $order, $types ) {
	return 'any' === $types && 'yes' === $order->get_meta( '_test_subscription' );
}

final class PurchasesTest extends SiteTestCase {

	public function test_a_paid_order_opens_a_contract_with_the_clauses_of_the_product(): void {
		$product  = Shop::product( array( Clauses::RENEWAL => 'tacit', Clauses::NOTICE => 'P2M', Clauses::SUSPENSION => 'notice' ) );
		$order    = Shop::sale( $product, 'jeanne', array( 'paid_on' => '2026-01-15' ) );
		$contract = Repository::of_order( $order->get_id() )[0];
		$wire     = $contract->to_wire();
		$this->assertSame( 'CM-' . $contract->id, $wire['number'] );
		$this->assertSame( array( 'tacit', 'P2M', 'notice', 12, 'Essentielle' ), array( $wire['renewal'], $wire['notice'], $wire['suspension'], $wire['months'], $wire['plan'] ) );
		$this->assertSame( array( '2026-01-15', '2027-01-14', 1 ), array( $wire['term_start'], $wire['term_end'], $wire['term_no'] ) );
		$this->assertSame( array( '348.00', 'EUR' ), array( $wire['price'], $wire['currency'] ) );
		$this->assertTrue( $wire['concluded_online'] );
		$this->assertSame( 'jeanne@client.example', $wire['billing']['email'] );
		$this->assertSame( 'MNT-ESS', $wire['sku'] );
	}

	public function test_processing_then_completed_opens_one_contract(): void {
		$order = Shop::sale( Shop::product() );
		$order->update_status( 'completed' );
		$order->update_status( 'processing' );
		$this->assertSame( 1, ( new Listing() )->total() );
	}

	public function test_an_unpaid_order_opens_nothing_until_it_is_paid(): void {
		$order = Shop::order( Shop::product() );
		$order->update_status( 'on-hold' );
		$this->assertSame( 0, ( new Listing() )->total() );
		$order->payment_complete();
		$this->assertSame( 1, ( new Listing() )->total() );
	}

	public function test_other_products_open_nothing(): void {
		Shop::sale( Shop::product( array( Clauses::ENABLED => 'no' ) ) );
		$this->assertSame( 0, ( new Listing() )->total() );
	}

	public function test_a_quantity_opens_as_many_contracts_at_the_price_of_one(): void {
		Shop::sale( Shop::product(), 'jeanne', array( 'quantity' => 3 ) );
		$contracts = ( new Listing() )->page( 1, 10 );
		$this->assertSame( array( 1, 2, 3 ), array_map( static function ( $contract ) {
			return $contract->sequence;
		}, $contracts ) );
		$this->assertSame( '348.00', $contracts[0]->to_wire()['price'] );
	}

	public function test_the_order_of_the_service_renews_its_contract_and_opens_none(): void {
		$contract = Shop::contract( '2026-01-31' );
		$order    = Shop::order( wc_get_product( $contract->product_id ), 'jeanne', array( 'via' => 'relance:0198:2', 'meta' => array( '_relance_contract' => (string) $contract->id ) ) );
		$this->assertSame( 1, Repository::find( $contract->id )->term_no );
		$order->payment_complete();
		$order->update_status( 'completed' );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 2, '2027-01-31', '2028-01-30' ), array( $now->term_no, $now->term_start, $now->term_end ) );
		$this->assertSame( $order->get_id(), $now->latest_order_id );
		$this->assertSame( 1, ( new Listing() )->total() );
	}

	public function test_an_order_of_the_service_never_renews_the_contract_of_somebody_else(): void {
		$contract = Shop::contract();
		$order    = Shop::order( wc_get_product( $contract->product_id ), 'paul', array( 'via' => 'relance:0198:2', 'meta' => array( '_relance_contract' => (string) $contract->id ) ) );
		$order->payment_complete();
		$this->assertSame( 1, Repository::find( $contract->id )->term_no );
	}

	public function test_month_ends_do_not_drift(): void {
		$contract = Shop::contract( '2026-08-31', 'jeanne', array( Clauses::MONTHS => '6' ) );
		$this->assertSame( '2027-02-27', $contract->term_end );
		foreach ( array( 2 => '2027-08-30', 3 => '2028-02-28' ) as $no => $end ) {
			$order = Shop::order( wc_get_product( $contract->product_id ), 'jeanne', array( 'via' => "relance:x:{$no}", 'meta' => array( '_relance_contract' => $contract->id ) ) );
			$order->payment_complete();
			$this->assertSame( $end, Repository::find( $contract->id )->term_end );
		}
	}

	public function test_a_new_purchase_near_the_end_renews_the_only_contract(): void {
		$contract = Shop::contract( '2025-12-01' );
		$product  = wc_get_product( $contract->product_id );
		Shop::sale( $product, 'jeanne', array( 'paid_on' => '2026-10-01' ) );
		Shop::sale( $product, 'jeanne', array( 'paid_on' => '2026-12-30' ) );
		$this->assertSame( 2, Repository::find( $contract->id )->term_no );
		$this->assertSame( 2, ( new Listing() )->total(), '60 days before the end and earlier it opens another' );
		$this->assertSame( 1, Repository::of_product( Shop::user( 'jeanne' ), '', $product->get_id() )[1]->term_no );
	}

	public function test_a_purchase_that_may_renew_several_renews_none_and_says_so_once(): void {
		$product = Shop::product();
		Shop::sale( $product, 'jeanne', array( 'paid_on' => '2026-01-10', 'quantity' => 2 ) );
		$order = Shop::sale( $product, 'jeanne', array( 'paid_on' => '2027-01-05' ) );
		$order->update_status( 'completed' );
		$this->assertSame( 2, ( new Listing() )->total() );
		$this->assertSame( array( 1, 1 ), array_map( static function ( $contract ) {
			return $contract->term_no;
		}, ( new Listing() )->page( 1, 10 ) ) );
		$this->assertCount( 1, get_comments( array( 'post_id' => $order->get_id(), 'type' => 'order_note' ) ) );
	}

	public function test_a_sale_of_woocommerce_subscriptions_belongs_to_it(): void {
		Shop::sale( Shop::product(), 'jeanne', array( 'meta' => array( '_test_subscription' => 'yes' ) ) );
		$this->assertSame( 0, ( new Listing() )->total() );
		Shop::sale( Shop::product() );
		$this->assertSame( 1, ( new Listing() )->total() );
	}

	public function test_guests_are_known_by_their_email_whatever_its_case(): void {
		$product = Shop::product();
		Shop::sale( $product, '', array( 'paid_on' => '2026-01-10', 'email' => 'Guest@client.example' ) );
		Shop::sale( $product, '', array( 'paid_on' => '2027-01-05', 'email' => 'guest@CLIENT.example' ) );
		Shop::sale( $product, '', array( 'paid_on' => '2027-01-05', 'email' => 'other@client.example' ) );
		$this->assertSame( array( 2, 1 ), array_map( static function ( $contract ) {
			return $contract->term_no;
		}, ( new Listing() )->page( 1, 10 ) ) );
	}

	public function test_a_refund_of_the_first_order_cancels_the_contract(): void {
		$contract = Shop::contract();
		wc_get_order( $contract->order_id )->update_status( 'refunded' );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 'cancelled', 'cancelled' ), array( $now->status, $now->standing() ) );
		$this->assertNotNull( $now->ended_at );
	}

	public function test_money_after_the_end_renews_nothing(): void {
		$contract = Shop::contract();
		Repository::change( $contract, array( 'status' => 'ended' ) );
		$order = Shop::order( wc_get_product( $contract->product_id ), 'jeanne', array( 'via' => 'relance:x:2', 'meta' => array( '_relance_contract' => $contract->id ) ) );
		$order->payment_complete();
		$this->assertSame( 1, Repository::find( $contract->id )->term_no );
	}

	public function test_the_date_of_payment_is_the_shops_local_date(): void {
		$order = Shop::order( Shop::product() );
		$order->set_date_paid( ( new DateTime( '2026-06-30 22:30:00', new DateTimeZone( 'UTC' ) ) )->getTimestamp() );
		$order->update_status( 'processing' );
		$this->assertSame( '2026-07-01', Repository::of_order( $order->get_id() )[0]->term_start );
	}

	public function test_a_client_who_changes_the_billing_email_is_written_to_at_the_new_one(): void {
		$contract = Shop::contract();
		$customer = new WC_Customer( Shop::user( 'jeanne' ) );
		foreach ( array( 'first_name' => 'Jeanne', 'last_name' => 'Martin', 'email' => 'jeanne@nouveau.example', 'city' => 'Lyon', 'country' => 'FR' ) as $name => $value ) {
			$customer->{"set_billing_{$name}"}( $value );
		}
		$customer->save();
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 'jeanne@nouveau.example', 'Jeanne Martin' ), array( $now->billing['email'], $now->client ) );
		delete_user_meta( Shop::user( 'jeanne' ), 'billing_email' );
	}

	public function test_two_calls_about_one_payment_open_nothing_beside_what_they_renew(): void {
		$product  = Shop::product();
		$contract = Repository::of_order( Shop::sale( $product, 'jeanne', array( 'paid_on' => '2026-01-15' ) )->get_id() )[0];
		$order    = Shop::sale( $product, 'jeanne', array( 'paid_on' => '2026-12-20' ) );
		$this->assertSame( 2, Repository::find( $contract->id )->term_no );
		// The second call has the order as it was before the first one marked it.
		$order->delete_meta_data( Purchases::META_DONE );
		$this->assertSame( 0, Purchases::paid( $order ) );
		$this->assertSame( array( $contract->id ), array_column( array_map( static function ( $one ) {
			return $one->to_wire();
		}, Repository::of_customer( Shop::user( 'jeanne' ) ) ), 'id' ) );
		$this->assertSame( 2, Repository::find( $contract->id )->term_no );
	}

	public function test_an_order_that_was_cancelled_by_mistake_and_paid_after_all_brings_its_contract_back(): void {
		$order    = Shop::sale( Shop::product(), 'jeanne', array( 'paid_on' => '2026-01-15' ) );
		$contract = Repository::of_order( $order->get_id() )[0];
		$order->update_status( 'cancelled' );
		$this->assertSame( 'cancelled', Repository::find( $contract->id )->status );
		wc_get_order( $order->get_id() )->update_status( 'processing' );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 'active', null ), array( $now->status, $now->ended_at ) );
		Repository::change( $now, array( 'status' => 'cancelled' ) );
		wc_get_order( $order->get_id() )->update_status( 'completed' );
		$this->assertSame( 'cancelled', Repository::find( $contract->id )->status, 'what staff cancelled stays so' );
	}

	public function test_a_repeat_is_known_in_whatever_language_the_database_speaks(): void {
		$contract = Shop::contract();
		$row      = array( 'order_item_id' => $contract->order_item_id, 'sequence' => 1, 'term_start' => '2026-01-15', 'term_end' => '2027-01-14' );
		$this->assertNotFalse( $GLOBALS['wpdb']->query( "SET lc_messages = 'fr_FR'" ) );
		$this->assertNull( Repository::open( $row ) );
		$this->expectException( RuntimeException::class );
		Repository::open( array( 'order_item_id' => 999, 'term_start' => null, 'term_end' => '2027-01-14' ) );
	}
}
