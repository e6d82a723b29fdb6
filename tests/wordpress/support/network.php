<?php
// A network of two sites, in two runs: `install`, then `play` with the network switched on. Prints what is left after the plugin was deleted.
$_SERVER['HTTP_HOST']   = 'network.example';
$_SERVER['SERVER_NAME'] = 'network.example';
$_SERVER['REQUEST_URI'] = '/';
if ( 'install' === $argv[1] ) {
	define( 'WP_INSTALLING', true );
	require getenv( 'RELANCE_SITE' ) . '/wp-load.php';
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install( 'Network', 'admin', 'admin@agence.example', true, '', 'admin' );
	foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) {
		$wpdb->$table = $name;
	}
	install_network();
	populate_network( 1, 'network.example', 'admin@agence.example', 'Network', '/', false );
	exit;
}

require getenv( 'RELANCE_SITE' ) . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/plugin.php';
$sites = array( 1, wpmu_create_blog( 'network.example', '/two/', 'Two', 1 ) );
activate_plugin( 'relance/relance.php', '', true );
foreach ( $sites as $site ) {
	switch_to_blog( $site );
	// What every page does, where the plugin is active in the whole network.
	Relance\Lifecycle::upgrade();
	$user = Relance\Service\ServiceUser::ensure();
	update_option( 'relance_link', array( 'user_id' => $user, 'key_id' => 1, 'webhook_url' => 'x' ), false );
	update_option( 'relance_delete_contracts', 1 === $site ? 'no' : 'yes', false );
	wp_schedule_event( time() + 3600, 'hourly', Relance\Site\Maintained::HOOK );
	restore_current_blog();
}
Relance\Uninstall::run();
$left = array();
foreach ( $sites as $site ) {
	switch_to_blog( $site );
	$left[] = array(
		'options'  => $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'relance%'" ),
		'role'     => null !== get_role( Relance\Service\ServiceUser::ROLE ),
		'accounts' => get_users( array( 'search' => 'relance-service*', 'fields' => 'user_login' ) ),
		'cron'     => wp_next_scheduled( Relance\Site\Maintained::HOOK ),
		'table'    => Relance\Contracts\Table::name() === $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', Relance\Contracts\Table::name() ) ),
	);
	restore_current_blog();
}
$left[] = array_map( 'strval', $wpdb->get_col( "SELECT user_login FROM {$wpdb->users}" ) );
echo wp_json_encode( $left );
