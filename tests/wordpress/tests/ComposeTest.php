<?php

/**
 * What the development shop of docker-compose.yml adds to WordPress: it may call Relance on a private address, and nothing else there.
 */
final class ComposeTest extends SiteTestCase {

	const HOOKS = array( 'http_request_host_is_external', 'http_allowed_safe_ports' );

	private array $filters = array();
	private string $site;

	protected function setUp(): void {
		parent::setUp();
		$this->site = (string) getenv( 'RELANCE_URL' );
		foreach ( self::HOOKS as $hook ) {
			$this->filters[ $hook ] = $GLOBALS['wp_filter'][ $hook ] ?? null;
			unset( $GLOBALS['wp_filter'][ $hook ] );
		}
	}

	protected function tearDown(): void {
		putenv( "RELANCE_URL={$this->site}" );
		foreach ( self::HOOKS as $hook ) {
			unset( $GLOBALS['wp_filter'][ $hook ] );
			if ( null !== $this->filters[ $hook ] ) {
				$GLOBALS['wp_filter'][ $hook ] = $this->filters[ $hook ];
			}
		}
		parent::tearDown();
	}

	public function test_wordpress_by_itself_calls_no_private_address(): void {
		$this->assertFalse( wp_http_validate_url( 'http://10.0.0.5:8099/webhooks' ) );
	}

	public function test_relance_is_called_and_nothing_else_that_is_private(): void {
		putenv( 'RELANCE_URL=http://10.0.0.5:8099' );
		require __DIR__ . '/../compose/relance-dev.php';
		$this->assertSame( 'http://10.0.0.5:8099/webhooks', wp_http_validate_url( 'http://10.0.0.5:8099/webhooks' ) );
		$this->assertFalse( wp_http_validate_url( 'http://10.0.0.6:8099/webhooks' ) );
		$this->assertFalse( wp_http_validate_url( 'http://10.0.0.5:8098/webhooks' ) );
	}
}
