<?php
// The wire's other end for tests: checks what it gets as the service does, remembers it, answers as it was told.
// Told by POST /_answer {"path": …, "status": …, "body": …}; what came is GET /_calls. State is one file.
$store = getenv( 'RELANCE_WORK' ) . '/service.json';
$path  = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
$body  = file_get_contents( 'php://input' );
$lock  = fopen( $store . '.lock', 'c' );
flock( $lock, LOCK_EX );
$state = is_file( $store ) ? json_decode( file_get_contents( $store ), true ) : array( 'calls' => array(), 'answers' => array() );

if ( '/_reset' === $path ) {
	file_put_contents( $store, json_encode( array( 'calls' => array(), 'answers' => array() ) ) );
	return;
}
if ( '/_calls' === $path ) {
	header( 'Content-Type: application/json' );
	echo json_encode( $state['calls'] );
	return;
}
if ( '/_answer' === $path ) {
	$told                              = json_decode( $body, true );
	$state['answers'][ $told['path'] ] = $told;
	file_put_contents( $store, json_encode( $state ) );
	return;
}
$state['calls'][] = array( 'path' => $path, 'headers' => array_change_key_case( getallheaders() ), 'body' => $body );
file_put_contents( $store, json_encode( $state ) );
$answer = $state['answers'][ $path ] ?? array( 'status' => 200, 'body' => array() );
flock( $lock, LOCK_UN );

$back = $answer['call_back'] ?? null;
if ( $back ) {
	// As the service does while it links: asks the shop with the key it was just given.
	$given                    = json_decode( $body, true );
	$answer['body']['called'] = file_get_contents(
		$given['url'] . $back,
		false,
		stream_context_create( array( 'http' => array( 'ignore_errors' => true, 'header' => 'X-Forwarded-Proto: https' . "\r\nAuthorization: Basic " . base64_encode( $given['consumer_key'] . ':' . $given['consumer_secret'] ) ) ) )
	);
	file_put_contents( getenv( 'RELANCE_WORK' ) . '/called-back', $http_response_header[0] . "\n" . $answer['body']['called'] );
	unset( $answer['body']['called'] );
}
http_response_code( $answer['status'] );
header( 'Content-Type: ' . ( $answer['status'] >= 400 ? 'application/problem+json' : 'application/json' ) );
if ( null !== $answer['body'] ) {
	echo is_string( $answer['body'] ) ? $answer['body'] : json_encode( $answer['body'] );
}
