<?php
// A maintained site whose contract is suspended, for its picture.
require __DIR__ . '/bootstrap.php';

update_option( 'relance_site', array( 'service' => 'https://relance.agence.example', 'site_id' => 's', 'secret' => 'x', 'linked_at' => time() ), false );
update_option( 'relance_site_state', array( 'show_notice' => true, 'since' => '2026-11-16', 'agency' => array( 'name' => 'Agence Exemple', 'email' => 'contact@agence.example', 'phone' => '04 72 00 00 00' ), 'pay_url' => 'https://boutique.agence.example/payer', 'at' => time() ), false );
