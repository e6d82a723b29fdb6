<?php

final class PayTest extends SiteTestCase {

	public function test_the_key_pays_an_order_of_the_service_without_login_or_email(): void {
		$order = Shop::order( Shop::product(), 'jeanne', array( 'via' => 'relance:x:2' ) );
		$page  = ( new Browser() )->get( $this->path( $order ) );
		$this->assertStringContainsString( 'order_review', $page->body );
		preg_match( '/name="woocommerce-pay-nonce" value="([^"]+)"/', $page->body, $m );
		$paid = $page->post( $this->path( $order ), array( 'woocommerce_pay' => '1', 'woocommerce-pay-nonce' => $m[1] ) );
		$this->assertStringContainsString( 'Merci', $paid->body );
		$this->assertTrue( wc_get_order( $order->get_id() )->is_paid() );
	}

	public function test_an_old_order_of_a_guest_asks_for_no_email(): void {
		$order = $this->old( Shop::order( Shop::product(), '', array( 'via' => 'relance:x:2' ) ) );
		$this->assertStringContainsString( 'order_review', ( new Browser() )->get( $this->path( $order ) )->body );
	}

	public function test_other_orders_ask_as_before(): void {
		$order = Shop::order( Shop::product(), 'jeanne', array( 'via' => 'checkout' ) );
		$this->assertStringContainsString( 'form-login', ( new Browser() )->get( $this->path( $order ) )->body );
		$guest = $this->old( Shop::order( Shop::product(), '', array( 'via' => 'rest-api' ) ) );
		$this->assertStringContainsString( 'verify-email', ( new Browser() )->get( $this->path( $guest ) )->body );
	}

	public function keys(): array {
		return array( 'none' => array( '' ), 'wrong' => array( '&key=wc_order_nonsense' ), 'a list' => array( '&key[]=x' ) );
	}

	/** @dataProvider keys */
	public function test_without_the_key_nothing_is_given( string $key ): void {
		$order = Shop::order( Shop::product(), 'jeanne', array( 'via' => 'relance:x:2' ) );
		$page  = ( new Browser() )->get( '/checkout/order-pay/' . $order->get_id() . '/?pay_for_order=true' . $key );
		$this->assertStringNotContainsString( 'order_review', $page->body );
	}

	public function test_the_key_of_one_order_opens_no_other(): void {
		$one   = Shop::order( Shop::product(), 'jeanne', array( 'via' => 'relance:x:2' ) );
		$other = Shop::order( Shop::product(), 'paul', array( 'via' => 'relance:y:2' ) );
		$page  = ( new Browser() )->get( '/checkout/order-pay/' . $other->get_id() . '/?pay_for_order=true&key=' . $one->get_order_key() );
		$this->assertStringNotContainsString( 'order_review', $page->body );
		$_GET['key'] = $one->get_order_key();
		$this->assertTrue( current_user_can( 'pay_for_order', $one->get_id() ) );
		$this->assertFalse( current_user_can( 'pay_for_order', $other->get_id() ) );
		$this->assertFalse( current_user_can( 'edit_shop_order', $one->get_id() ) );
		unset( $_GET['key'] );
	}

	private function path( WC_Order $order ): string {
		return '/checkout/order-pay/' . $order->get_id() . '/?pay_for_order=true&key=' . $order->get_order_key();
	}

	private function old( WC_Order $order ): WC_Order {
		$order->set_date_created( time() - 3600 );
		$order->save();
		return $order;
	}
}
