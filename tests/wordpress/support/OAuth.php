<?php

/**
 * OAuth 1.0a in the query (RFC 5849 without a token), as the service signs over plain HTTP.
 */
final class OAuth {

	public static function sign( string $method, string $path, array $query, array $key, ?string $nonce = null ): string {
		$query += array( 'oauth_consumer_key' => $key[0], 'oauth_nonce' => $nonce ?? bin2hex( random_bytes( 8 ) ), 'oauth_signature_method' => 'HMAC-SHA256', 'oauth_timestamp' => (string) time() );
		$pairs  = array();
		foreach ( $query as $name => $value ) {
			$pairs[] = rawurlencode( $name ) . '=' . rawurlencode( $value );
		}
		sort( $pairs, SORT_STRING );
		$text  = $method . '&' . rawurlencode( getenv( 'RELANCE_URL' ) . $path ) . '&' . rawurlencode( implode( '&', $pairs ) );
		$query['oauth_signature'] = base64_encode( hash_hmac( 'sha256', $text, $key[1] . '&', true ) );
		return $path . '?' . http_build_query( $query, '', '&', PHP_QUERY_RFC3986 );
	}
}
