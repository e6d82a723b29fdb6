<?php
// [woocommerce_my_account]: navigation and endpoints.

defined( 'ABSPATH' ) || exit;

add_shortcode(
	'woocommerce_my_account',
	static function () {
		if ( ! is_user_logged_in() ) {
			return '<form class="woocommerce-form-login">Connexion</form>';
		}
		ob_start();
		$endpoint = standin_endpoint();
		echo '<div class="woocommerce"><nav class="woocommerce-MyAccount-navigation"><ul>';
		foreach ( standin_account_menu() as $slug => $name ) {
			printf( '<li class="%s"><a href="%s">%s</a></li>', $slug === $endpoint ? 'is-active' : '', esc_url( wc_get_account_endpoint_url( $slug ) ), esc_html( $name ) );
		}
		echo '</ul></nav><div class="woocommerce-MyAccount-content">';
		wc_print_notices();
		if ( '' === $endpoint ) {
			echo '<p>Bonjour ' . esc_html( wp_get_current_user()->display_name ) . '</p>';
		} else {
			echo '<h2>' . esc_html( apply_filters( "woocommerce_endpoint_{$endpoint}_title", $endpoint, $endpoint, '' ) ) . '</h2>';
			do_action( "woocommerce_account_{$endpoint}_endpoint", get_query_var( $endpoint ) );
		}
		echo '</div></div>';
		return ob_get_clean();
	}
);

function standin_account_menu() {
	return apply_filters(
		'woocommerce_account_menu_items',
		array(
			'dashboard'       => 'Tableau de bord',
			'orders'          => 'Commandes',
			'edit-account'    => 'Détails du compte',
			'customer-logout' => 'Se déconnecter',
		),
		array()
	);
}

function standin_endpoint() {
	global $wp;
	foreach ( WC()->query->get_query_vars() as $name => $var ) {
		if ( isset( $wp->query_vars[ $var ] ) ) {
			return $name;
		}
	}
	return '';
}

add_action(
	'wp_head',
	static function () {
		if ( is_account_page() ) {
			echo '<style>.woocommerce-MyAccount-navigation ul{display:flex;flex-wrap:wrap;gap:.4em 1.4em;list-style:none;padding:0}.woocommerce-MyAccount-navigation .is-active a{font-weight:700}.woocommerce-message{border-left:4px solid #2a7d2e;background:#eef7ee;padding:.8em 1em;margin:1em 0}</style>';
		}
	}
);
