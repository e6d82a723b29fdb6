<?php

namespace Relance\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * What every action of wp-admin does before it acts: capability, then nonce. After it: redirect, and nothing more.
 */
final class Action {

	/**
	 * Stops whoever may not.
	 *
	 * @param string $name       Of the action, which is that of its nonce.
	 * @param string $capability What is needed.
	 * @param int    $contract   The contract it is about: its nonce is good for that one only.
	 */
	public static function guard( string $name, string $capability, int $contract = 0 ): void {
		if ( ! current_user_can( $capability ) ) {
			wp_die( esc_html__( 'Sorry, you may not do this.', 'relance' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::nonce( $name, $contract ) );
	}

	/**
	 * A text of the form.
	 *
	 * @param string $name Of the field.
	 */
	public static function text( string $name ): string {
		// phpcs:ignore WordPress.Security.NonceVerification -- every action calls guard() first
		return isset( $_POST[ $name ] ) && is_string( $_POST[ $name ] ) ? sanitize_text_field( wp_unslash( $_POST[ $name ] ) ) : '';
	}

	/**
	 * Back to where the form was, and out.
	 *
	 * @param string $fallback Where the browser does not say.
	 */
	public static function back( string $fallback ): void {
		wp_safe_redirect( wp_get_referer() ? wp_get_referer() : $fallback );
		exit;
	}

	/**
	 * Opens a form that posts an action.
	 *
	 * @param string $name     Of the action.
	 * @param string $class    Of the form.
	 * @param int    $contract The contract it is about.
	 */
	public static function form( string $name, string $class = '', int $contract = 0 ): void {
		printf( '<form method="post" action="%s" class="%s"><input type="hidden" name="action" value="%s">', esc_url( admin_url( 'admin-post.php' ) ), esc_attr( $class ), esc_attr( $name ) );
		wp_nonce_field( self::nonce( $name, $contract ) );
		if ( $contract > 0 ) {
			printf( '<input type="hidden" name="contract" value="%d">', (int) $contract );
		}
	}

	private static function nonce( string $name, int $contract ): string {
		return $contract > 0 ? $name . '_' . $contract : $name;
	}
}
