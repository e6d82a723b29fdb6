<?php

use Relance\Contracts\Repository;
use Relance\Contracts\Table;
use Relance\Lifecycle;
use Relance\Settings;

final class LifecycleTest extends SiteTestCase {

	public function test_activating_twice_changes_nothing(): void {
		global $wpdb;
		$contract = Shop::contract();
		$before   = $wpdb->get_row( 'SHOW CREATE TABLE ' . Table::name(), ARRAY_N )[1];
		Lifecycle::activate();
		delete_option( Settings::SCHEMA );
		Lifecycle::activate();
		$this->assertSame( $before, $wpdb->get_row( 'SHOW CREATE TABLE ' . Table::name(), ARRAY_N )[1] );
		$this->assertSame( '', $wpdb->last_error );
		$this->assertNotNull( Repository::find( $contract->id ) );
		$this->assertSame( (string) Lifecycle::SCHEMA, get_option( Settings::SCHEMA ) );
	}

	public function test_a_table_of_the_first_schema_is_upgraded_with_its_contracts(): void {
		global $wpdb;
		$contract = Shop::contract( '2024-03-10' );
		$table    = Table::name();
		$wpdb->query( "UPDATE {$table} SET term_no = 3, term_start = '2026-03-10', term_end = '2027-03-09'" );
		$wpdb->query( "ALTER TABLE {$table} DROP COLUMN first_start, DROP KEY standing, DROP COLUMN standing" );
		update_option( Settings::SCHEMA, '1' );
		Lifecycle::upgrade();
		$now = Repository::find( $contract->id );
		$this->assertSame( '2024-03-10', $now->first_start );
		$this->assertSame( 'active', $now->standing() );
		$this->assertSame( '2027-03-09', $now->term_end );
	}

	public function test_every_page_after_an_update_upgrades_without_an_activation(): void {
		update_option( Settings::SCHEMA, '1' );
		( new Browser() )->get( '/' );
		$this->assertSame( (string) Lifecycle::SCHEMA, get_option( Settings::SCHEMA ) );
	}

	public function test_it_declares_that_it_works_with_hpos(): void {
		$declared = Automattic\WooCommerce\Utilities\FeaturesUtil::$declared;
		$this->assertTrue( $declared['custom_order_tables']['relance/relance.php'] );
	}

	public function test_a_table_of_the_second_schema_gets_who_recorded_a_refusal(): void {
		global $wpdb;
		$contract = Shop::contract();
		$wpdb->query( 'ALTER TABLE ' . Table::name() . ' DROP COLUMN declined_user, DROP COLUMN declined_reason' );
		update_option( Settings::SCHEMA, '2' );
		Lifecycle::upgrade();
		$this->assertNull( Repository::find( $contract->id )->declined_user );
		$this->assertSame( '2026-01-15', Repository::find( $contract->id )->first_start );
	}

	public function test_deactivated_it_leaves_no_address_behind_and_activated_it_has_one_again(): void {
		$client = new Browser();
		$this->assertStringContainsString( 'maintenance', serialize( get_option( 'rewrite_rules' ) ) );
		Lifecycle::deactivate();
		$active = get_option( 'active_plugins' );
		update_option( 'active_plugins', array( 'woocommerce/woocommerce.php' ) );
		$client->get( '/mon-compte/' );
		$rules = get_option( 'rewrite_rules' );
		update_option( 'active_plugins', $active );
		$this->assertNotEmpty( $rules );
		$this->assertStringNotContainsString( 'maintenance', serialize( $rules ) );
		Lifecycle::activate();
		$client->get( '/mon-compte/' );
		wp_cache_flush();
		$this->assertStringContainsString( 'maintenance', serialize( get_option( 'rewrite_rules' ) ) );
		$this->assertSame( 'no', wp_load_alloptions()[ Settings::FLUSH ], 'read with every page, so loaded with every page' );
	}
}
