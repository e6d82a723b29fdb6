<?php

namespace Relance\Admin;

use Relance\Service\Linking;
use Relance\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Link, check, unlink, and what an uninstallation takes along.
 */
final class LinkActions {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'admin_post_relance_link', array( $this, 'link' ) );
		add_action( 'admin_post_relance_check', array( $this, 'check' ) );
		add_action( 'admin_post_relance_unlink', array( $this, 'unlink' ) );
		add_action( 'admin_post_relance_keep', array( $this, 'keep' ) );
	}

	/**
	 * Links the shop.
	 */
	public function link(): void {
		Action::guard( 'relance_link', 'manage_options' );
		$result = \Relance\Plugin::has_shop()
			? Linking::link( Action::text( 'service' ), Action::text( 'code' ) )
			: new \WP_Error( 'relance_shop', __( 'WooCommerce is not active on this site.', 'relance' ) );
		Flash::keep( $result, __( 'The shop is linked. It starts in dry run: nothing is mailed to any client yet.', 'relance' ) );
		Action::back( SettingsPage::url() );
	}

	/**
	 * Asks the service how the link is.
	 */
	public function check(): void {
		Action::guard( 'relance_check', 'manage_options' );
		Flash::keep( Linking::check(), __( 'The service answers.', 'relance' ) );
		Action::back( SettingsPage::url() );
	}

	/**
	 * Undoes the link.
	 */
	public function unlink(): void {
		Action::guard( 'relance_unlink', 'manage_options' );
		$sure   = '' !== Action::text( 'sure' );
		$result = $sure ? Linking::unlink() : new \WP_Error( 'relance', __( 'Please confirm that Relance is to send nothing more for this shop.', 'relance' ) );
		if ( $sure && is_wp_error( $result ) ) {
			/* translators: %s: the reason */
			$result = new \WP_Error( 'relance', sprintf( __( 'The shop is unlinked here and its key is revoked, but the service could not be told: %s', 'relance' ), $result->get_error_message() ) );
		}
		Flash::keep( $result, __( 'The shop is unlinked: the service\'s key is revoked, and Relance sends nothing more for this shop.', 'relance' ) );
		Action::back( SettingsPage::url() );
	}

	/**
	 * Whether an uninstallation deletes the contracts.
	 */
	public function keep(): void {
		Action::guard( 'relance_keep', 'manage_options' );
		Settings::put( Settings::DELETE_ALL, '' !== Action::text( 'delete' ) ? 'yes' : 'no' );
		Flash::keep( true, __( 'Saved.', 'relance' ) );
		Action::back( SettingsPage::url() );
	}
}
