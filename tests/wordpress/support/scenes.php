<?php
// A shop with a few contracts, for pictures.
require __DIR__ . '/bootstrap.php';

use Relance\Contracts\Clauses;
use Relance\Contracts\Repository;
use Relance\Contracts\Status;

$plans = array(
	'Essentielle' => array( Clauses::PLAN => 'Maintenance Essentielle' ),
	'Sérénité'    => array( Clauses::PLAN => 'Maintenance Sérénité', Clauses::RENEWAL => 'tacit', Clauses::NOTICE => 'P2M' ),
);
$products = array();
foreach ( $plans as $name => $meta ) {
	$products[ $name ] = Shop::product( $meta, 'Maintenance ' . $name );
}
file_put_contents( getenv( 'RELANCE_WORK' ) . '/product', $products['Sérénité']->get_id() );
$clients = array(
	array( 'jeanne', 'Essentielle', '2025-12-20', 'Boulangerie Lefèvre', 'https://boulangerie-lefevre.example', 'renewal-due' ),
	array( 'jeanne', 'Sérénité', '2026-03-05', 'Boulangerie Lefèvre', 'https://traiteur-lefevre.example', 'active' ),
	array( 'paul', 'Essentielle', '2025-11-08', 'Garage Moreau', 'https://garage-moreau.example', 'suspended' ),
	array( 'paul', 'Essentielle', '2025-11-19', 'Atelier Moreau', 'https://atelier-moreau.example', 'grace' ),
	array( '', 'Sérénité', '2026-06-30', 'Cabinet Dubois', null, 'active' ),
	array( '', 'Essentielle', '2026-09-15', 'Hôtel des Lilas', 'https://hotel-lilas.example', 'active' ),
);
$steps = array(
	'renewal-due' => array( 'maintenance.attention', '2026-12-11', 'Rappel avant l’échéance' ),
	'suspended'   => array( 'maintenance.reactivation', '2026-11-24', 'Proposition de réactivation' ),
	'grace'       => array( 'maintenance.suspension', '2026-11-25', 'Suspension de la maintenance' ),
	'active'      => array( 'maintenance.notice', null, 'Préavis d’échéance' ),
);
foreach ( $clients as $i => list( $login, $plan, $paid, $company, $site, $standing ) ) {
	$order = Shop::order( $products[ $plan ], $login, array( 'paid_on' => $paid, 'email' => 'contact@' . sanitize_title( $company ) . '.example' ) );
	$order->set_billing_company( $company );
	$order->set_date_created( strtotime( $paid ) );
	$order->set_status( 'completed' );
	$order->save();
	$contract = Repository::of_order( $order->get_id() )[0];
	Repository::change( $contract, array( 'site_url' => $site ) );
	$due = 0;
	if ( 'renewal-due' === $standing ) {
		$due = Shop::order( $products[ $plan ], $login, array( 'via' => 'relance:x:2', 'meta' => array( '_relance_contract' => $contract->id ) ) )->get_id();
	}
	list( $step, $on, $label ) = $steps[ $standing ];
	$on = $on ?? Relance\Dates::plus_days( $contract->term_end, -30 );
	$sent = $standing === 'suspended' ? array(
		array( 'at' => '2026-11-16T08:12:04Z', 'kind' => 'sent', 'label' => 'Maintenance suspendue', 'to' => $contract->email ),
		array( 'at' => '2026-11-10T08:02:31Z', 'kind' => 'sent', 'label' => 'Contrat échu', 'to' => $contract->email ),
		array( 'at' => '2026-11-05T08:01:12Z', 'kind' => 'bounced', 'label' => 'Dernier jour : adresse pleine' ),
		array( 'at' => '2026-10-30T08:04:55Z', 'kind' => 'sent', 'label' => 'Rappel avant l’échéance', 'to' => $contract->email ),
		array( 'at' => '2026-10-08T07:03:20Z', 'kind' => 'sent', 'label' => 'Préavis d’échéance', 'to' => $contract->email ),
	) : array();
	Status::apply( Repository::find( $contract->id ), array(
		'rev' => 1, 'standing' => $standing, 'term_no' => 1, 'term_start' => $contract->term_start, 'term_end' => $contract->term_end,
		'next' => array( 'step' => $step, 'on' => $on, 'label' => $label, 'waits_for' => 'grace' === $standing ? 'approbation' : null ),
		'suspended_on' => null, 'paused_until' => 5 === $i ? '2026-12-31' : null, 'pause_reason' => 5 === $i ? 'Fermeture annuelle' : null,
		'renewal_order_id' => $due, 'timeline' => $sent, 'url' => 'https://relance.agence.example/contracts/1',
	) );
}
$key = Relance\Service\ApiKey::create( Relance\Service\ServiceUser::ensure() );
update_option( 'relance_link', array( 'service' => 'https://relance.agence.example', 'shop_id' => 's', 'webhook_url' => 'x', 'webhook_secret' => 'x', 'mode' => 'live', 'test' => false, 'service_version' => '0.1.0', 'user_id' => 0, 'key_id' => $key['id'], 'linked_at' => strtotime( '2026-11-02 10:20' ) ), false );
update_option( 'relance_service_state', array( 'last_sync_at' => '2026-11-22T08:45:00Z', 'last_webhook_at' => '2026-11-22T08:31:12Z', 'errors' => array(), 'asked_at' => time() ), false );
