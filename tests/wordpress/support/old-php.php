<?php
// The plugin says that it runs on PHP 7.4, which is not in Debian 12: no syntax, function or type of PHP 8 may occur.
// What tokens can tell, not more: it was never run there.
// phpcs:ignoreFile

const TOO_NEW   = array( 'T_MATCH', 'T_ENUM', 'T_READONLY', 'T_ATTRIBUTE', 'T_NULLSAFE_OBJECT_OPERATOR' );
const FUNCTIONS = array( 'str_contains', 'str_starts_with', 'str_ends_with', 'get_debug_type', 'array_is_list', 'fdiv', 'array_find', 'json_validate' );
const TYPES     = array( 'mixed', 'never', 'static', 'false', 'null', 'true' );

$wrong = array();
$files = 0;
foreach ( new RecursiveIteratorIterator( new RecursiveDirectoryIterator( $argv[1], FilesystemIterator::SKIP_DOTS ) ) as $file ) {
	if ( 'php' !== $file->getExtension() ) {
		continue;
	}
	$files++;
	$code   = file_get_contents( $file );
	$tokens = token_get_all( $code );
	foreach ( $tokens as $token ) {
		$name = is_array( $token ) ? token_name( $token[0] ) : $token;
		if ( in_array( $name, TOO_NEW, true ) || ( 'T_STRING' === $name && in_array( $token[1], FUNCTIONS, true ) ) ) {
			$wrong[] = "{$file}:{$token[2]}: {$token[1]}";
		}
	}
	// Comments and texts out of the way, the rest shows in the characters.
	$bare = '';
	foreach ( $tokens as $token ) {
		$bare .= ! is_array( $token ) ? $token : ( in_array( $token[0], array( T_COMMENT, T_DOC_COMMENT ), true ) ? '' : ( T_CONSTANT_ENCAPSED_STRING === $token[0] ? "''" : $token[1] ) );
	}
	foreach ( array(
		'a type of two'                   => '/function\s+\w*\s*\([^)]*\b\w+\s*\|\s*\w+\s+\$|\)\s*:\s*\??\w+\s*\|/',
		'a promoted property'             => '/__construct\s*\([^)]*\b(public|private|protected)\b/',
		'a catch without a variable'      => '/catch\s*\(\s*[\w\\\\|\s]+\)/',
		'a comma after the last parameter' => '/function\s+\w*\s*\([^()]*,\s*\)/',
		'a type of PHP 8'                 => '/function\s+\w*\s*\([^()]*\)\s*(use\s*\([^)]*\)\s*)?:\s*\??(' . implode( '|', TYPES ) . ')\b/',
		'throw as an expression'          => '/(\?\?|\?|:|=>)\s*throw\b/',
		'new in a default'                => '/function\s+\w*\s*\([^)]*=\s*new\b/',
	) as $what => $pattern ) {
		if ( preg_match( $pattern, $bare, $m ) ) {
			$wrong[] = "{$file}: {$what}: {$m[0]}";
		}
	}
}
echo $wrong ? implode( "\n", $wrong ) . "\n" : '';
exit( $wrong || ! $files ? 1 : 0 );
