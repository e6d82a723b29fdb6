<?php

use Relance\Contracts\Clauses;
use Relance\Contracts\Contract;
use Relance\Contracts\Refusal;
use Relance\Contracts\Repository;
use Relance\Contracts\Status;
use Relance\Contracts\Table;
use Relance\Dates;

/** Staff write down that a client does not renew. */
final class RefusalTest extends SiteTestCase {

	const POST = '/wp-admin/admin-post.php';

	protected function tearDown(): void {
		$GLOBALS['wpdb']->query( 'DROP TRIGGER IF EXISTS keep_status' );
	}

	public function test_it_is_stored_with_who_when_and_how_and_the_service_hears_of_it(): void {
		self::link();
		$contract = self::tacit();
		Status::apply( $contract, self::status( 1, array( 'standing' => 'active' ) ) );
		$staff    = $this->record( $contract, array( 'on' => Dates::plus_days( Dates::today(), -3 ), 'reason' => "Courrier de l'étude <b>Roux</b>" ) );
		$now      = Repository::find( $contract->id );
		$this->assertSame( array( 'declined', 'agency', 'boss', "Courrier de l'étude Roux" ), array( $now->status, $now->declined_by, $now->declined_user, $now->declined_reason ) );
		$this->assertSame( Dates::plus_days( Dates::today(), -3 ), get_date_from_gmt( $now->declined_at, 'Y-m-d' ) );
		self::cron();
		$calls = Service::calls( '/webhooks/woocommerce/shop-1' );
		$said  = json_decode( end( $calls )['body'], true );
		$this->assertSame( array( 'declined', 'agency', 'boss', "Courrier de l'étude Roux" ), array( $said['status'], $said['declined_by'], $said['declined_user'], $said['declined_reason'] ) );
		$page = $staff->get( self::page( $contract ) )->body;
		$this->assertStringContainsString( esc_html( "boss — Courrier de l'étude Roux" ), $page );
		$this->assertStringContainsString( 'relance-badge relance-declined', $page );
		$this->assertStringNotContainsString( 'value="relance_pause"', $page );
		$this->assertStringContainsString( 'Le service dit encore', $page );
		Status::apply( Repository::find( $contract->id ), self::status( 2, array( 'standing' => 'declined', 'next' => null ) ) );
		$this->assertStringNotContainsString( 'Le service dit encore', $staff->get( self::page( $contract ) )->body );
		$account = Browser::of( 'jeanne' )->get( '/mon-compte/maintenance/' )->body;
		$this->assertStringContainsString( '<dd>' . Dates::shown( Dates::plus_days( Dates::today(), -3 ) ) . '</dd>', $account );
		$this->assertStringNotContainsString( 'étude', $account, 'what staff note is for staff' );
	}

	public function wrong(): array {
		return array(
			'not confirmed'     => array( array( 'sure' => '' ), 'Veuillez confirmer' ),
			'without a reason'  => array( array( 'reason' => ' ' ), 'Motif' ),
			'tomorrow'          => array( array( 'on' => '+1' ), 'Refusé le' ),
			'before it began'   => array( array( 'on' => '2026-01-14' ), 'Refusé le' ),
			'no day'            => array( array( 'on' => 'hier' ), 'Refusé le' ),
			'another contract'  => array( array( 'contract' => 2 ), null ),
			'no such contract'  => array( array( 'contract' => 99 ), null ),
		);
	}

	/** @dataProvider wrong */
	public function test_what_is_wrong_changes_nothing( array $fields, ?string $said ): void {
		$contract = self::tacit();
		self::tacit( 'paul' );
		if ( '+1' === ( $fields['on'] ?? '' ) ) {
			$fields['on'] = Dates::plus_days( Dates::today(), 1 );
		}
		$staff = $this->record( $contract, $fields );
		$this->assertSame( null === $said ? 403 : 302, $staff->status );
		if ( null !== $said ) {
			$this->assertStringContainsString( $said, $staff->get( self::page( $contract ) )->body );
		}
		$this->assertSame( array( 'active', 'active' ), array( Repository::find( 1 )->status, Repository::find( 2 )->status ) );
	}

	public function test_what_staff_recorded_can_be_taken_back(): void {
		self::link();
		$contract = self::tacit();
		$staff    = $this->record( $contract );
		Status::apply( Repository::find( $contract->id ), self::status( 1, array( 'standing' => 'declined' ) ) );
		$staff->post( self::POST, array( 'action' => 'relance_take_back', 'contract' => $contract->id, '_wpnonce' => $staff->get( self::page( $contract ) )->nonce( 'relance_take_back' ) ) );
		$now = Repository::find( $contract->id );
		$this->assertSame( array( 'active', null, null, null, null ), array( $now->status, $now->declined_at, $now->declined_by, $now->declined_user, $now->declined_reason ) );
		self::cron();
		$calls = Service::calls( '/webhooks/woocommerce/shop-1' );
		$this->assertSame( 'active', json_decode( end( $calls )['body'], true )['status'] );
	}

	public function test_what_the_client_said_stays(): void {
		$contract = self::tacit();
		$this->assertTrue( Refusal::by_client( $contract ) );
		$now = Repository::find( $contract->id );
		$this->assertTrue( is_wp_error( Refusal::take_back( $now ) ) );
		$this->assertTrue( is_wp_error( Refusal::by_staff( $now, Dates::today(), 'Courrier', 'boss' ) ), 'it is refused already' );
		$this->assertSame( '', Browser::of( 'boss' )->get( self::page( $contract ) )->nonce( 'relance_take_back' ) );
		$this->assertSame( 'client', Repository::find( $contract->id )->declined_by );
	}

	public function test_a_term_that_is_paid_in_the_same_moment_takes_no_refusal_away(): void {
		$contract = self::tacit();
		$GLOBALS['wpdb']->update( Table::name(), array( 'term_no' => 2 ), array( 'id' => $contract->id ) );
		$this->assertTrue( Refusal::by_client( $contract ) );
		$this->assertSame( array( 'declined', 2 ), array( Repository::find( $contract->id )->status, Repository::find( $contract->id )->term_no ) );
	}

	public function test_nobody_is_told_that_a_refusal_is_recorded_when_it_is_not(): void {
		$contract = self::tacit();
		$jeanne   = Browser::of( 'jeanne' );
		$nonce    = $jeanne->get( '/mon-compte/maintenance/?relance_decline=' . $contract->id )->any_nonce();
		$GLOBALS['wpdb']->query( 'CREATE TRIGGER keep_status BEFORE UPDATE ON ' . Table::name() . ' FOR EACH ROW SET NEW.status = OLD.status' );
		$jeanne->post( '/mon-compte/maintenance/', array( 'relance_decline' => $contract->id, '_wpnonce' => $nonce ) );
		$page = $jeanne->get( '/mon-compte/maintenance/' )->body;
		$this->assertStringContainsString( 'n’a pas pu être enregistrée', $page );
		$this->assertStringNotContainsString( 'Votre demande est enregistrée', $page );
		$staff = $this->record( $contract );
		$this->assertStringContainsString( 'n’a pas pu être enregistré', $staff->get( self::page( $contract ) )->body );
	}

	/** Fills in the form of the contract's page. */
	private function record( Contract $contract, array $fields = array() ): Browser {
		$staff = Browser::of( 'boss' );
		$nonce = $staff->get( self::page( $contract ) )->nonce( 'relance_refuse' );
		$this->assertNotSame( '', $nonce );
		return $staff->post( self::POST, $fields + array( 'action' => 'relance_refuse', '_wpnonce' => $nonce, 'contract' => $contract->id, 'on' => Dates::today(), 'reason' => 'Au téléphone', 'sure' => '1' ) );
	}

	private static function tacit( string $login = 'jeanne' ): Contract {
		return Shop::contract( '2026-01-15', $login, array( Clauses::RENEWAL => 'tacit', Clauses::NOTICE => 'P2M' ) );
	}

	private static function page( Contract $contract ): string {
		return '/wp-admin/admin.php?page=relance-contracts&contract=' . $contract->id;
	}
}
