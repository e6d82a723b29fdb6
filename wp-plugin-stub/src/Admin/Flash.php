<?php

namespace Relance\Admin;

defined( 'ABSPATH' ) || exit;

/**
 * One message that survives the redirect after an action, for the person who acted only.
 */
final class Flash {

	const META = '_relance_flash';

	/**
	 * Keeps a message.
	 *
	 * @param true|array|\WP_Error $result What came of an action.
	 * @param string               $done   What to say where it went well.
	 */
	public static function keep( $result, string $done ): void {
		$failed = is_wp_error( $result );
		update_user_meta(
			get_current_user_id(),
			self::META,
			wp_slash(
				array(
					'type' => $failed ? 'error' : 'success',
					'text' => $failed ? $result->get_error_message() : $done,
				)
			)
		);
	}

	/**
	 * Prints the message and forgets it.
	 */
	public static function show(): void {
		$flash = get_user_meta( get_current_user_id(), self::META, true );
		if ( ! is_array( $flash ) ) {
			return;
		}
		delete_user_meta( get_current_user_id(), self::META );
		printf( '<div class="notice notice-%s is-dismissible"><p>%s</p></div>', esc_attr( $flash['type'] ), esc_html( $flash['text'] ) );
	}
}
