<?php

use PHPUnit\Framework\TestCase;
use Relance\Contracts\Table;

/**
 * A test on the running site: starts with no contract, no link, nobody signed in.
 */
abstract class SiteTestCase extends TestCase {

	protected function setUp(): void {
		global $wpdb;
		wp_set_current_user( 0 );
		wp_cache_flush();
		$wpdb->query( 'TRUNCATE ' . Table::name() );
		foreach ( array( 'relance_link', 'relance_site', 'relance_site_state', 'relance_errors', 'relance_service_state' ) as $option ) {
			delete_option( $option );
		}
		update_option( 'cron', array( 'version' => 2 ) );
		update_option( 'woocommerce_custom_orders_table_enabled', 'yes' );
		Service::reset();
	}

	/** A page holds a text. Pages are long: a failure prints the text only. */
	public static function assertStringContainsString( string $needle, string $haystack, string $message = '' ): void {
		self::assertTrue( false !== strpos( $haystack, $needle ), trim( "{$message}: expected to find '{$needle}'", ': ' ) . self::excerpt( $haystack ) );
	}

	/** A page does not hold a text. */
	public static function assertStringNotContainsString( string $needle, string $haystack, string $message = '' ): void {
		self::assertTrue( false === strpos( $haystack, $needle ), trim( "{$message}: expected not to find '{$needle}'", ': ' ) . self::excerpt( $haystack ) );
	}

	private static function excerpt( string $text ): string {
		$body = trim( preg_replace( '/\s+/', ' ', wp_strip_all_tags( (string) preg_replace( '/.*<div id="wpbody-content"|.*<body/s', '<body', $text ) ) ) );
		return ' in: ' . mb_substr( $body, 0, 600 );
	}

	/** A link as it is stored after a real one, to the test service. */
	protected static function link(): array {
		$link = array(
			'service'         => getenv( 'RELANCE_SERVICE' ),
			'shop_id'         => 'shop-1',
			'webhook_url'     => getenv( 'RELANCE_SERVICE' ) . '/webhooks/woocommerce/shop-1',
			'webhook_secret'  => 'secret-of-the-webhooks',
			'mode'            => 'dry',
			'test'            => true,
			'service_version' => '0.1.0',
			'user_id'         => 0,
			'key_id'          => 0,
			'linked_at'       => time(),
		);
		update_option( 'relance_link', $link, false );
		return $link;
	}

	/** Runs what is due, as WP-Cron does, in the site. */
	protected static function cron(): void {
		( new Browser() )->get( '/wp-cron.php?doing_wp_cron' );
		wp_cache_flush();
	}

	/** A status as the service posts it. */
	protected static function status( int $rev, array $more = array() ): array {
		return $more + array(
			'rev'              => $rev,
			'standing'         => 'renewal-due',
			'term_no'          => 1,
			'term_start'       => '2026-01-15',
			'term_end'         => '2027-01-14',
			'next'             => array( 'step' => 'maintenance.attention', 'on' => '2027-01-07', 'label' => 'Rappel', 'waits_for' => null ),
			'suspended_on'     => null,
			'paused_until'     => null,
			'pause_reason'     => null,
			'renewal_order_id' => 0,
			'timeline'         => array( array( 'at' => '2026-12-15T08:00:00Z', 'kind' => 'sent', 'label' => 'Préavis envoyé', 'to' => 'jeanne@client.example' ) ),
			'url'              => 'https://relance.agence.example/contracts/1',
		);
	}
}
