<?php

namespace Relance\Contracts;

defined( 'ABSPATH' ) || exit;

/**
 * The table of contracts. Written so that `dbDelta` finds nothing to change on a second run.
 */
final class Table {

	/**
	 * Its name, with the site's prefix.
	 */
	public static function name(): string {
		global $wpdb;
		return $wpdb->prefix . 'relance_contracts';
	}

	/**
	 * Creates the table, or adds what a newer version brought.
	 */
	public static function create(): void {
		global $wpdb;
		require_once ABSPATH . 'wp-admin/includes/upgrade.php';
		dbDelta( 'CREATE TABLE ' . self::name() . " (\n" . self::COLUMNS . "\n) " . $wpdb->get_charset_collate() . ';' );
	}

	/**
	 * Schema 1 had no first start: a contract in its first term starts there, a later one is counted back.
	 */
	public static function fill_first_start(): void {
		global $wpdb;
		$table = self::name();
		// phpcs:ignore WordPress.DB.PreparedSQL -- the name of our own table
		$wpdb->query( "UPDATE {$table} SET first_start = DATE_SUB(term_start, INTERVAL (term_no - 1) * months MONTH) WHERE first_start IS NULL" );
	}

	/**
	 * Deletes the table with everything in it.
	 */
	public static function drop(): void {
		global $wpdb;
		$table = self::name();
		// phpcs:ignore WordPress.DB.PreparedSQL -- the name of our own table
		$wpdb->query( "DROP TABLE IF EXISTS {$table}" );
	}

	// Two spaces after PRIMARY KEY, one column a line, lower-case types: what dbDelta can read.
	const COLUMNS = "id bigint(20) unsigned NOT NULL AUTO_INCREMENT,
status varchar(20) NOT NULL DEFAULT 'active',
customer_id bigint(20) unsigned NOT NULL DEFAULT 0,
client varchar(191) NOT NULL DEFAULT '',
email varchar(191) NOT NULL DEFAULT '',
billing longtext NOT NULL,
order_id bigint(20) unsigned DEFAULT NULL,
order_item_id bigint(20) unsigned DEFAULT NULL,
sequence int(10) unsigned NOT NULL DEFAULT 1,
latest_order_id bigint(20) unsigned NOT NULL DEFAULT 0,
renewal_order_id bigint(20) unsigned NOT NULL DEFAULT 0,
product_id bigint(20) unsigned NOT NULL DEFAULT 0,
variation_id bigint(20) unsigned NOT NULL DEFAULT 0,
sku varchar(100) NOT NULL DEFAULT '',
plan varchar(191) NOT NULL DEFAULT '',
months int(10) unsigned NOT NULL DEFAULT 12,
renewal varchar(10) NOT NULL DEFAULT 'explicit',
notice varchar(10) DEFAULT NULL,
concluded_online tinyint(1) DEFAULT NULL,
suspension varchar(10) NOT NULL DEFAULT 'care',
site_url varchar(255) DEFAULT NULL,
first_start date DEFAULT NULL,
term_no int(10) unsigned NOT NULL DEFAULT 1,
term_start date NOT NULL,
term_end date NOT NULL,
price decimal(19,4) NOT NULL DEFAULT 0,
currency varchar(3) NOT NULL DEFAULT 'EUR',
declined_at datetime DEFAULT NULL,
declined_by varchar(10) DEFAULT NULL,
declined_user varchar(60) DEFAULT NULL,
declined_reason varchar(191) DEFAULT NULL,
ended_at datetime DEFAULT NULL,
standing varchar(20) NOT NULL DEFAULT '',
status_rev bigint(20) unsigned NOT NULL DEFAULT 0,
relance longtext DEFAULT NULL,
date_created_gmt datetime NOT NULL,
date_modified_gmt datetime NOT NULL,
PRIMARY KEY  (id),
UNIQUE KEY item (order_item_id,sequence),
KEY modified (date_modified_gmt,id),
KEY customer (customer_id),
KEY email (email),
KEY order_id (order_id),
KEY latest_order_id (latest_order_id),
KEY renewal_order_id (renewal_order_id),
KEY product_id (product_id),
KEY term_end (term_end),
KEY standing (standing)";
}
