<?php

namespace Relance\Admin;

use Relance\Site\Maintained;

defined( 'ABSPATH' ) || exit;

/**
 * Links and unlinks this site as a maintained one.
 */
final class SiteActions {

	/**
	 * Hooks.
	 */
	public function register(): void {
		add_action( 'admin_post_relance_site_link', array( $this, 'link' ) );
		add_action( 'admin_post_relance_site_unlink', array( $this, 'unlink' ) );
	}

	/**
	 * Links.
	 */
	public function link(): void {
		Action::guard( 'relance_site_link', 'manage_options' );
		Flash::keep( Maintained::link( Action::text( 'service' ), Action::text( 'code' ) ), __( 'This site is linked to its maintenance contract.', 'relance' ) );
		Action::back( SettingsPage::url() );
	}

	/**
	 * Unlinks.
	 */
	public function unlink(): void {
		Action::guard( 'relance_site_unlink', 'manage_options' );
		Maintained::unlink();
		Flash::keep( true, __( 'This site is no longer linked.', 'relance' ) );
		Action::back( SettingsPage::url() );
	}
}
