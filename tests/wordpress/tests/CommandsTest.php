<?php

use Relance\Cli\Commands;
use Relance\Contracts\Listing;

/** What WP-CLI's class does, as far as the commands use it; WP-CLI itself is not in Debian. */
class WP_CLI {
	public static $said = array();
	public static function log( $text ) {
		self::$said[] = $text;
	}
	public static function success( $text ) {
		self::$said[] = 'Success: ' . $text;
	}
	public static function warning( $text ) {
		self::$said[] = 'Warning: ' . $text;
	}
	public static function error( $text ) {
		throw new RuntimeException( $text );
	}
}

final class CommandsTest extends SiteTestCase {

	protected function setUp(): void {
		parent::setUp();
		WP_CLI::$said = array();
	}

	public function test_sync_opens_what_was_paid_while_the_plugin_was_off_and_twice_changes_nothing(): void {
		Shop::contract( '2026-01-15' );
		Shop::contract( '2026-02-15', 'paul' );
		$GLOBALS['wpdb']->query( 'TRUNCATE ' . Relance\Contracts\Table::name() );
		$commands = new Commands();
		$commands->sync( array() );
		$opened = ( new Listing() )->total();
		$this->assertGreaterThanOrEqual( 2, $opened );
		$commands->sync( array() );
		$this->assertSame( $opened, ( new Listing() )->total() );
		$this->assertStringEndsWith( ' 0', end( WP_CLI::$said ) );
		$this->expectExceptionMessage( 'since' );
		$commands->sync( array(), array( 'since' => 'yesterday' ) );
	}

	public function test_status_asks_the_service(): void {
		self::link();
		Service::answers( '/plugin/shop-1', 200, array( 'mode' => 'dry', 'test' => true, 'last_sync_at' => null, 'last_webhook_at' => null, 'errors' => array( 'Rien reçu' ), 'contracts' => array() ) );
		( new Commands() )->status();
		$this->assertContains( 'Warning: Rien reçu', WP_CLI::$said );
		$this->assertStringContainsString( ' · dry · boutique de test', implode( "\n", WP_CLI::$said ) );
	}

	public function test_link_says_what_is_wrong(): void {
		$this->expectExceptionMessageMatches( '/ABCD-EFGH-JKMN/' );
		( new Commands() )->link( array( getenv( 'RELANCE_SERVICE' ), 'short' ) );
	}
}
