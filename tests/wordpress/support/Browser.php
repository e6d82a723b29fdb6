<?php

/**
 * A browser without a screen: cookies, forms, no redirects followed unless asked.
 */
final class Browser {

	/** @var string */
	private $jar;
	/** @var string[] */
	public $headers = array();
	/** @var int */
	public $status = 0;
	/** @var string */
	public $body = '';
	/** @var string[] Response headers by lower-case name. */
	public $answer = array();

	public function __construct() {
		$this->jar = tempnam( getenv( 'RELANCE_WORK' ), 'jar' );
	}

	/** Somebody who has signed in; the password is the login. */
	public static function of( string $login ): self {
		$browser = new self();
		$browser->get( '/wp-login.php' );
		$browser->post( '/wp-login.php', array( 'log' => $login, 'pwd' => $login, 'testcookie' => '1' ) );
		return $browser;
	}

	public function get( string $path ): self {
		return $this->send( 'GET', $path );
	}

	public function post( string $path, array $fields ): self {
		return $this->send( 'POST', $path, http_build_query( $fields ), 'application/x-www-form-urlencoded' );
	}

	/** Sends JSON, or nothing. */
	public function json( string $method, string $path, $body = null ): self {
		return $this->send( $method, $path, null === $body ? null : ( is_string( $body ) ? $body : wp_json_encode( $body ) ), 'application/json' );
	}

	public function data() {
		return json_decode( $this->body, true );
	}

	/** The nonce of the form that posts an action. */
	public function nonce( string $action ): string {
		return preg_match( '/name="action" value="' . preg_quote( $action, '/' ) . '">.*?name="_wpnonce" value="([^"]+)"/s', $this->body, $m ) ? $m[1] : '';
	}

	/** Any nonce field of the page. */
	public function any_nonce(): string {
		return preg_match( '/name="_wpnonce" value="([^"]+)"/', $this->body, $m ) ? $m[1] : '';
	}

	/** How many queries an admin page took. */
	public function queries(): int {
		return preg_match( '/<!-- queries: (\d+) -->/', $this->body, $m ) ? (int) $m[1] : -1;
	}

	/** Cookies for another browser, by name. */
	public function cookies(): array {
		$cookies = array();
		foreach ( file( $this->jar ) as $line ) {
			$parts = explode( "\t", trim( preg_replace( '/^#HttpOnly_/', '', $line ) ) );
			if ( 7 === count( $parts ) ) {
				$cookies[ $parts[5] ] = array( 'value' => $parts[6], 'path' => $parts[2] );
			}
		}
		return $cookies;
	}

	private function send( string $method, string $path, ?string $body = null, string $type = '' ): self {
		$this->answer = array();
		$curl         = curl_init( 0 === strpos( $path, 'http' ) ? $path : getenv( 'RELANCE_URL' ) . $path );
		$headers      = $this->headers;
		if ( null !== $body ) {
			$headers[] = 'Content-Type: ' . $type;
			curl_setopt( $curl, CURLOPT_POSTFIELDS, $body );
		}
		curl_setopt_array(
			$curl,
			array(
				CURLOPT_CUSTOMREQUEST  => $method,
				CURLOPT_RETURNTRANSFER => true,
				CURLOPT_COOKIEJAR      => $this->jar,
				CURLOPT_COOKIEFILE     => $this->jar,
				CURLOPT_HTTPHEADER     => $headers,
				CURLOPT_TIMEOUT        => 60,
				CURLOPT_HEADERFUNCTION => function ( $curl, $line ) {
					if ( false !== strpos( $line, ':' ) ) {
						list( $name, $value )                      = explode( ':', $line, 2 );
						$this->answer[ strtolower( trim( $name ) ) ] = trim( $value );
					}
					return strlen( $line );
				},
			)
		);
		$this->body   = (string) curl_exec( $curl );
		$this->status = (int) curl_getinfo( $curl, CURLINFO_RESPONSE_CODE );
		curl_close( $curl );
		wp_cache_flush();
		return $this;
	}
}
