<?php
// WC_REST_Authentication: keys under /wp-json/wc/ and /wp-json/wc- only; Basic over HTTPS, OAuth 1.0a over HTTP.

defined( 'ABSPATH' ) || exit;

final class Standin_Authentication {
	const WINDOW = 900;

	private $error = null;
	private $key   = null;

	public function __construct() {
		add_filter( 'determine_current_user', array( $this, 'authenticate' ), 15 );
		add_filter( 'rest_authentication_errors', array( $this, 'errors' ), 15 );
		add_filter( 'rest_pre_dispatch', array( $this, 'permissions' ), 10, 3 );
	}

	private static function is_ours() {
		$uri = esc_url_raw( wp_unslash( $_SERVER['REQUEST_URI'] ?? '' ) );
		return false !== strpos( $uri, 'wp-json/wc/' ) || false !== strpos( $uri, 'wp-json/wc-' );
	}

	public function authenticate( $user_id ) {
		if ( ! empty( $user_id ) || ! self::is_ours() ) {
			return $user_id;
		}
		return ( is_ssl() ? $this->basic() : false ) ?: $this->oauth();
	}

	public function errors( $error ) {
		return ! empty( $error ) ? $error : $this->error;
	}

	private function basic() {
		$key    = wp_unslash( $_GET['consumer_key'] ?? $_SERVER['PHP_AUTH_USER'] ?? '' );
		$secret = wp_unslash( $_GET['consumer_secret'] ?? $_SERVER['PHP_AUTH_PW'] ?? '' );
		$row    = $key && $secret ? self::row( $key ) : null;
		if ( ! $row ) {
			return false; // as anonymous
		}
		if ( ! hash_equals( $row->consumer_secret, $secret ) ) {
			return $this->refuse( 'La clé secrète utilisateur est non valide.' );
		}
		$this->key = $row;
		return (int) $row->user_id;
	}

	private function oauth() {
		$given = wp_unslash( $_GET );
		foreach ( array( 'oauth_consumer_key', 'oauth_timestamp', 'oauth_nonce', 'oauth_signature', 'oauth_signature_method' ) as $name ) {
			if ( empty( $given[ $name ] ) ) {
				return false;
			}
		}
		$row = self::row( $given['oauth_consumer_key'] );
		if ( ! $row ) {
			return $this->refuse( 'La clé utilisateur est non valide.' );
		}
		if ( ! hash_equals( self::signature( $given, $row->consumer_secret ), $given['oauth_signature'] ) ) {
			return $this->refuse( 'Signature non valide - La signature fournie ne correspond pas.' );
		}
		if ( abs( time() - (int) $given['oauth_timestamp'] ) > self::WINDOW ) {
			return $this->refuse( 'Horodatage invalide.' );
		}
		if ( ! self::first_use( $row, $given['oauth_nonce'] ) ) {
			return $this->refuse( 'Nonce invalide - Le nonce a déjà été utilisé.' );
		}
		$this->key = $row;
		return (int) $row->user_id;
	}

	private static function signature( array $given, $secret ) {
		unset( $given['oauth_signature'] );
		$pairs = array();
		foreach ( self::flat( $given ) as $name => $value ) {
			$pairs[] = rawurlencode( $name ) . '=' . rawurlencode( $value );
		}
		sort( $pairs, SORT_STRING );
		$path = wp_parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
		$url  = get_home_url( null, $path, is_ssl() ? 'https' : 'http' );
		$text = $_SERVER['REQUEST_METHOD'] . '&' . rawurlencode( $url ) . '&' . rawurlencode( implode( '&', $pairs ) );
		return base64_encode( hash_hmac( strtolower( str_replace( 'HMAC-', '', $_GET['oauth_signature_method'] ) ), $text, $secret . '&', true ) );
	}

	private static function flat( array $values, $prefix = '' ) {
		$flat = array();
		foreach ( $values as $name => $value ) {
			$full  = '' === $prefix ? $name : $prefix . '[' . $name . ']';
			$flat += is_array( $value ) ? self::flat( $value, $full ) : array( $full => $value );
		}
		return $flat;
	}

	private static function first_use( $row, $nonce ) {
		global $wpdb;
		$used = array_filter(
			(array) maybe_unserialize( $row->nonces ),
			static function ( $at ) {
				return $at > time() - self::WINDOW;
			},
			ARRAY_FILTER_USE_KEY
		);
		if ( in_array( $nonce, array_merge( array(), ...array_map( 'array_values', array_filter( $used, 'is_array' ) ) ), true ) ) {
			return false;
		}
		$used[ time() ][] = $nonce;
		$wpdb->update( $wpdb->prefix . 'woocommerce_api_keys', array( 'nonces' => maybe_serialize( $used ) ), array( 'key_id' => $row->key_id ) );
		return true;
	}

	private static function row( $key ) {
		global $wpdb;
		return $wpdb->get_row( $wpdb->prepare( "SELECT * FROM {$wpdb->prefix}woocommerce_api_keys WHERE consumer_key = %s", wc_api_hash( sanitize_text_field( $key ) ) ) );
	}

	private function refuse( $why ) {
		$this->error = new WP_Error( 'woocommerce_rest_authentication_error', $why, array( 'status' => 401 ) );
		return false;
	}

	public function permissions( $result, $server, $request ) {
		if ( ! $this->key ) {
			return $result;
		}
		$reads = in_array( $request->get_method(), array( 'HEAD', 'GET', 'OPTIONS' ), true );
		if ( ! $reads && 'read' === $this->key->permissions ) {
			return new WP_Error( 'woocommerce_rest_authentication_error', 'La clé de l‘API fournie n’a aucun droit en écriture.', array( 'status' => 401 ) );
		}
		return $result;
	}
}

new Standin_Authentication();
