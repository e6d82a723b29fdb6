<?php

/**
 * The test service: what it is told to answer, and what it was asked.
 */
final class Service {

	public static function reset(): void {
		( new Browser() )->json( 'POST', getenv( 'RELANCE_SERVICE' ) . '/_reset', '{}' );
	}

	public static function answers( string $path, int $status, $body, ?string $call_back = null ): void {
		( new Browser() )->json( 'POST', getenv( 'RELANCE_SERVICE' ) . '/_answer', array( 'path' => $path, 'status' => $status, 'body' => $body, 'call_back' => $call_back ) );
	}

	/** @return array[] path, headers, body */
	public static function calls( string $path = '' ): array {
		$calls = ( new Browser() )->get( getenv( 'RELANCE_SERVICE' ) . '/_calls' )->data();
		return array_values(
			array_filter(
				$calls,
				static function ( $call ) use ( $path ) {
					return '' === $path || $call['path'] === $path;
				}
			)
		);
	}
}
