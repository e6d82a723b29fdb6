<?php

use Relance\Service\Signature;
use Relance\Settings;
use Relance\Site\Maintained;

final class MaintainedSiteTest extends SiteTestCase {

	const SUSPENDED = array( 'show_notice' => true, 'since' => '2026-11-02', 'agency' => array( 'name' => 'Agence <b>Exemple</b>', 'email' => 'a@agence.example', 'phone' => '04 00 00 00 00' ), 'pay_url' => 'https://boutique.example/pay' );

	protected function setUp(): void {
		parent::setUp();
		Service::answers( '/sites/link', 201, array( 'site_id' => 's1', 'secret' => 'secret-of-the-site' ) );
		Service::answers( '/sites/s1', 200, self::SUSPENDED );
	}

	public function test_it_is_off_until_it_is_linked(): void {
		Maintained::schedule();
		$this->assertFalse( wp_next_scheduled( Maintained::HOOK ) );
		update_option( 'relance_site_state', self::SUSPENDED + array( 'at' => time() ) );
		$this->assertStringNotContainsString( 'Agence &lt;b', Browser::of( 'admin' )->get( '/wp-admin/' )->body );
	}

	public function test_linked_by_a_code_it_asks_every_hour_signed(): void {
		$this->assertTrue( Maintained::link( getenv( 'RELANCE_SERVICE' ), 'abcd-efgh-jkmn' ) );
		$this->assertSame( array( 'code' => 'ABCD-EFGH-JKMN', 'url' => home_url() ), json_decode( Service::calls( '/sites/link' )[0]['body'], true ) );
		$this->assertNotFalse( wp_next_scheduled( Maintained::HOOK ) );
		$call = Service::calls( '/sites/s1' )[0];
		$this->assertSame( Signature::of( $call['body'], 'secret-of-the-site' ), $call['headers']['x-wc-webhook-signature'] );
		$this->assertSame( array( 'at', 'nonce' ), array_keys( json_decode( $call['body'], true ) ) );
	}

	public function test_administrators_see_the_notice_and_nobody_else_does(): void {
		Maintained::link( getenv( 'RELANCE_SERVICE' ), 'ABCD-EFGH-JKMN' );
		$page = Browser::of( 'admin' )->get( '/wp-admin/' )->body;
		$this->assertStringContainsString( 'Agence &lt;b&gt;Exemple&lt;/b&gt;', $page );
		$this->assertStringContainsString( '2 novembre 2026', $page );
		$this->assertStringContainsString( 'https://boutique.example/pay', $page );
		$this->assertStringNotContainsString( 'Agence &lt;b', Browser::of( 'boss' )->get( '/wp-admin/' )->body );
		$this->assertStringNotContainsString( 'Agence &lt;b', ( new Browser() )->get( '/' )->body );
		$this->assertStringNotContainsString( 'Agence &lt;b', Browser::of( 'admin' )->get( '/' )->body, 'not on the site itself' );
	}

	public function test_a_silent_service_shows_nothing_after_three_days(): void {
		Maintained::link( getenv( 'RELANCE_SERVICE' ), 'ABCD-EFGH-JKMN' );
		Service::answers( '/sites/s1', 503, array() );
		( new Maintained() )->ask();
		$this->assertStringContainsString( 'Agence &lt;b', Browser::of( 'admin' )->get( '/wp-admin/' )->body, 'its last word stands for a while' );
		update_option( 'relance_site_state', array( 'at' => time() - 3 * DAY_IN_SECONDS - 60 ) + get_option( 'relance_site_state' ) );
		$this->assertStringNotContainsString( 'Agence &lt;b', Browser::of( 'admin' )->get( '/wp-admin/' )->body );
	}

	public function words(): array {
		return array(
			'paid'       => array( 200, array( 'show_notice' => false ) + self::SUSPENDED ),
			'nonsense'   => array( 200, array( 'show_notice' => 'yes' ) + self::SUSPENDED ),
			'no json'    => array( 200, 'hello' ),
			'unknown'    => array( 404, array() ),
			'forbidden'  => array( 401, array() ),
		);
	}

	/** @dataProvider words */
	public function test_any_other_word_takes_the_notice_away( int $status, $body ): void {
		Maintained::link( getenv( 'RELANCE_SERVICE' ), 'ABCD-EFGH-JKMN' );
		Service::answers( '/sites/s1', $status, $body );
		( new Maintained() )->ask();
		$this->assertStringNotContainsString( 'Agence &lt;b', Browser::of( 'admin' )->get( '/wp-admin/' )->body );
	}

	public function test_without_woocommerce_only_this_mode_is_offered(): void {
		Maintained::link( getenv( 'RELANCE_SERVICE' ), 'ABCD-EFGH-JKMN' );
		$plugins = get_option( 'active_plugins' );
		update_option( 'active_plugins', array( 'relance/relance.php' ) );
		$admin = Browser::of( 'admin' );
		$page  = $admin->get( '/wp-admin/options-general.php?page=relance' );
		update_option( 'active_plugins', $plugins );
		$this->assertSame( 200, $page->status );
		$this->assertSame( '', $page->nonce( 'relance_link' ) );
		$this->assertNotSame( '', $page->nonce( 'relance_site_unlink' ) );
		$this->assertStringContainsString( 'Agence &lt;b', $page->body );
		$this->assertStringNotContainsString( 'secret-of-the-site', $page->body );
	}

	public function test_unlinking_forgets_everything(): void {
		Maintained::link( getenv( 'RELANCE_SERVICE' ), 'ABCD-EFGH-JKMN' );
		$admin = Browser::of( 'admin' );
		$admin->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_site_unlink', '_wpnonce' => $admin->get( '/wp-admin/options-general.php?page=relance' )->nonce( 'relance_site_unlink' ) ) );
		$this->assertNull( Settings::site() );
		$this->assertFalse( wp_next_scheduled( Maintained::HOOK ) );
	}

	public function test_an_answer_of_another_kind_than_expected_breaks_no_page(): void {
		Service::answers( '/sites/s1', 200, array( 'show_notice' => true, 'since' => array( 'x' ), 'agency' => array( 'name' => array( 'x' ), 'phone' => 7 ), 'pay_url' => array( 'x' ) ) );
		Maintained::link( getenv( 'RELANCE_SERVICE' ), 'ABCD-EFGH-JKMN' );
		$page = Browser::of( 'admin' )->get( '/wp-admin/' );
		$this->assertSame( 200, $page->status );
		$this->assertStringContainsString( 'notice-warning', $page->body );
	}
}
