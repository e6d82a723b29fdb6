<?php

namespace Relance\Admin;

use Relance\Dates;
use Relance\Plugin;
use Relance\Service\ApiKey;
use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Settings > Relance: the link of the shop, the link of a maintained site, the uninstallation. No key and no secret is ever printed.
 */
final class SettingsPage {

	const SLUG = 'relance';

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'admin_menu', array( $this, 'menu' ) );
		add_action( 'admin_enqueue_scripts', array( $this, 'style' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( RELANCE_FILE ), array( $this, 'links' ) );
	}

	/**
	 * The page's address.
	 */
	public static function url(): string {
		return admin_url( 'options-general.php?page=' . self::SLUG );
	}

	/**
	 * Adds the page.
	 */
	public function menu(): void {
		add_options_page( 'Relance', 'Relance', 'manage_options', self::SLUG, array( $this, 'show' ) );
	}

	/**
	 * One small style sheet, for the plugin's own boxes and badges, where they are.
	 */
	public function style(): void {
		$screen = get_current_screen();
		if ( ! $screen || ! preg_match( '/relance|shop_order|wc-orders/', $screen->id ) ) {
			return;
		}
		wp_enqueue_style( 'relance-admin', plugins_url( 'assets/admin.css', RELANCE_FILE ), array(), RELANCE_VERSION );
	}

	/**
	 * A link beside "Deactivate".
	 *
	 * @param string[] $links As before.
	 */
	public function links( $links ): array {
		return array_merge( array( '<a href="' . esc_url( self::url() ) . '">' . esc_html__( 'Settings', 'relance' ) . '</a>' ), (array) $links );
	}

	/**
	 * Prints the page.
	 */
	public function show(): void {
		echo '<div class="wrap relance-settings"><h1>Relance</h1>';
		Flash::show();
		if ( Plugin::has_shop() ) {
			echo '<div class="relance-card"><h2>' . esc_html__( 'This shop', 'relance' ) . '</h2>';
			$link = Settings::link();
			$link ? self::linked( $link ) : self::unlinked();
			echo '</div>';
		}
		self::site();
		if ( Plugin::has_shop() ) {
			self::uninstallation();
		}
		echo '</div>';
	}

	private static function unlinked(): void {
		echo '<p>' . esc_html__( 'Relance reminds your clients to renew their maintenance contracts, stops when they pay, and shows here where each contract stands.', 'relance' ) . '</p>';
		echo '<p>' . wp_kses( __( 'On the Relance service, <code>relance shop invite</code> shows a code that is valid for ten minutes. Linking makes an account that nobody can sign in with, and a WooCommerce key for it.', 'relance' ), array( 'code' => array() ) ) . '</p>';
		self::code_form( 'relance_link', __( 'Link this shop', 'relance' ) );
	}

	private static function linked( array $link ): void {
		$state = (array) get_option( Settings::SERVICE_STATE, array() );
		$modes = array(
			'dry'      => __( 'Dry run: plans and shows, mails nobody', 'relance' ),
			'redirect' => __( 'Redirect: every mail goes to the agency', 'relance' ),
			'live'     => __( 'Live: clients receive their reminders', 'relance' ),
		);
		$rows  = array(
			__( 'Service', 'relance' )           => $link['service'] . ( '' !== (string) ( $link['service_version'] ?? '' ) ? ' (' . $link['service_version'] . ')' : '' ),
			__( 'Mode', 'relance' )              => ( $modes[ $link['mode'] ] ?? $link['mode'] ) . ( $link['test'] ? ' — ' . __( 'test shop', 'relance' ) : '' ),
			__( 'Linked on', 'relance' )         => Dates::shown_instant( gmdate( 'c', $link['linked_at'] ) ),
			__( 'Last reading', 'relance' )      => Dates::shown_instant( $state['last_sync_at'] ?? null ),
			__( 'Last webhook', 'relance' )      => Dates::shown_instant( $state['last_webhook_at'] ?? null ),
			__( 'Key of the service', 'relance' ) => ApiKey::exists( (int) $link['key_id'] ) ? __( 'In place', 'relance' ) : __( 'Revoked in WooCommerce: unlink, then link again.', 'relance' ),
		);
		if ( isset( $state['asked_at'] ) ) {
			$rows[ __( 'Last check', 'relance' ) ] = Dates::shown_instant( gmdate( 'c', (int) $state['asked_at'] ) );
		}
		self::table( $rows );
		self::errors( (array) ( $state['errors'] ?? array() ) );
		self::button( 'relance_check', __( 'Check', 'relance' ), 'button-primary' );
		self::unlinking();
	}

	// Not by one click: with the link, the legal notices of tacit renewals stop too.
	private static function unlinking(): void {
		printf( '<details class="relance-refusal"><summary>%s</summary>', esc_html__( 'Unlink…', 'relance' ) );
		Action::form( 'relance_unlink' );
		printf( '<p><label><input type="checkbox" name="sure" value="1" required> %s</label></p>', esc_html__( 'Relance then sends nothing more for this shop, legal notices of tacit renewals included.', 'relance' ) );
		printf( '<button class="button button-link-delete">%s</button></form></details>', esc_html__( 'Unlink', 'relance' ) );
	}

	private static function errors( array $said ): void {
		$lines = array_filter( $said, 'is_string' );
		foreach ( (array) get_option( Settings::ERRORS, array() ) as $error ) {
			$lines[] = Dates::shown_instant( gmdate( 'c', $error['at'] ) ) . ' — ' . $error['what'];
		}
		if ( ! $lines ) {
			echo '<p class="relance-good">' . esc_html__( 'No errors.', 'relance' ) . '</p>';
			return;
		}
		echo '<ul class="relance-errors">';
		foreach ( $lines as $line ) {
			echo '<li>' . esc_html( $line ) . '</li>';
		}
		echo '</ul>';
	}

	private static function site(): void {
		$site = Settings::site();
		echo '<div class="relance-card"><h2>' . esc_html__( 'Maintained site', 'relance' ) . '</h2>';
		echo '<p>' . esc_html__( 'For a site that is maintained under a contract. While that contract is suspended, and only if it allows it, administrators of this site see a notice here. Visitors never see anything.', 'relance' ) . '</p>';
		if ( $site ) {
			$state = (array) get_option( Settings::SITE_STATE, array() );
			self::table(
				array(
					__( 'Service', 'relance' )     => $site['service'],
					__( 'Linked on', 'relance' )   => Dates::shown_instant( gmdate( 'c', $site['linked_at'] ) ),
					__( 'Last answer', 'relance' ) => Dates::shown_instant( isset( $state['at'] ) ? gmdate( 'c', $state['at'] ) : null ),
				)
			);
			self::button( 'relance_site_unlink', __( 'Unlink this site', 'relance' ), 'button-link-delete' );
		} else {
			self::code_form( 'relance_site_link', __( 'Link this site', 'relance' ) );
		}
		echo '</div>';
	}

	private static function uninstallation(): void {
		echo '<div class="relance-card"><h2>' . esc_html__( 'If the plugin is deleted', 'relance' ) . '</h2>';
		Action::form( 'relance_keep' );
		printf(
			'<p><label><input type="checkbox" name="delete" value="1" %s> %s</label></p>',
			checked( get_option( Settings::DELETE_ALL ), 'yes', false ),
			esc_html__( 'Delete the contracts as well', 'relance' )
		);
		echo '<p><button class="button">' . esc_html__( 'Save', 'relance' ) . '</button></p></form></div>';
	}

	private static function code_form( string $action, string $label ): void {
		Action::form( $action );
		echo '<table class="form-table" role="presentation">';
		printf( '<tr><th scope="row"><label for="%1$s-service">%2$s</label></th><td><input id="%1$s-service" name="service" type="url" class="regular-text" placeholder="https://relance.example" required></td></tr>', esc_attr( $action ), esc_html__( 'Address of the service', 'relance' ) );
		printf( '<tr><th scope="row"><label for="%1$s-code">%2$s</label></th><td><input id="%1$s-code" name="code" type="text" class="regular-text code" placeholder="ABCD-EFGH-JKMN" autocomplete="off" required></td></tr>', esc_attr( $action ), esc_html__( 'Link code', 'relance' ) );
		printf( '</table><p class="submit"><button class="button button-primary">%s</button></p></form>', esc_html( $label ) );
	}

	private static function button( string $action, string $label, string $class ): void {
		Action::form( $action, 'relance-inline' );
		printf( '<button class="button %s">%s</button></form>', esc_attr( $class ), esc_html( $label ) );
	}

	private static function table( array $rows ): void {
		echo '<table class="relance-facts">';
		foreach ( $rows as $name => $value ) {
			printf( '<tr><th scope="row">%s</th><td>%s</td></tr>', esc_html( $name ), esc_html( $value ) );
		}
		echo '</table>';
	}
}
