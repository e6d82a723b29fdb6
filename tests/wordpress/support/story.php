<?php
// The scenes of the story; each says by its exit code whether it came true.
require __DIR__ . '/bootstrap.php';

use Relance\Contracts\Repository;
use Relance\Settings;

final class Story {

	/** Settings > Relance, as an administrator fills it in. */
	public static function link( string $code ): bool {
		$admin = Browser::of( 'admin' );
		$nonce = $admin->get( '/wp-admin/options-general.php?page=relance' )->nonce( 'relance_link' );
		$admin->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_link', '_wpnonce' => $nonce, 'service' => getenv( 'RELANCE_SERVICE' ), 'code' => $code ) );
		$page = $admin->get( '/wp-admin/options-general.php?page=relance' )->body;
		return Settings::link() ? true : self::no( preg_match( '/notice-error[^>]*><p>(.*?)<\/p>/s', $page, $m ) ? $m[1] : 'not linked' );
	}

	public static function shop(): bool {
		echo Settings::link()['shop_id'];
		return true;
	}

	public static function order(): bool {
		echo self::contract()->order_id;
		return true;
	}

	/** Paid on 15 January 2026: the term ends on 14 January 2027. */
	public static function sell( string $suspension = 'care' ): bool {
		Shop::sale( Shop::product( array( Relance\Contracts\Clauses::SUSPENSION => $suspension ) ), 'jeanne', array( 'paid_on' => '2026-01-15' ) );
		return '2027-01-14' === self::contract()->term_end;
	}

	/** Settings > Relance > Check: the service's answer to a signed call. */
	public static function check(): bool {
		$admin = Browser::of( 'admin' );
		$page  = '/wp-admin/options-general.php?page=relance';
		$admin->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_check', '_wpnonce' => $admin->get( $page )->nonce( 'relance_check' ) ) );
		$state = get_option( Settings::SERVICE_STATE );
		return is_array( $state ) && 'live' === $state['mode'] && true === $state['test'] && 1 === array_sum( $state['contracts'] ) ? true : self::no( wp_strip_all_tags( $admin->get( $page )->body ) . wp_json_encode( $state ) );
	}

	/** A pause and its end, from the contract's page. */
	public static function pause(): bool {
		$staff = Browser::of( 'boss' );
		$page  = '/wp-admin/admin.php?page=relance-contracts&contract=1';
		$staff->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_pause', '_wpnonce' => $staff->get( $page )->nonce( 'relance_pause' ), 'contract' => 1, 'until' => '2027-03-01', 'reason' => 'Litige en cours' ) );
		$paused = $staff->get( $page )->body;
		$staff->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_resume', '_wpnonce' => $staff->nonce( 'relance_resume' ), 'contract' => 1 ) );
		return false !== strpos( $paused, '1 mars 2027 — Litige en cours' ) && null === self::contract()->paused_until() ? true : self::no( wp_strip_all_tags( $paused ) );
	}

	/** Many at once, from the list. */
	public static function bulk(): bool {
		$staff = Browser::of( 'boss' );
		foreach ( array( 'pause', 'resume' ) as $do ) {
			$nonce = $staff->get( '/wp-admin/admin.php?page=relance-contracts' )->any_nonce();
			$staff->get( "/wp-admin/admin.php?page=relance-contracts&action={$do}&until=2027-03-01&contracts[]=1&_wpnonce={$nonce}" );
			$said = $staff->get( '/wp-admin/admin.php?page=relance-contracts' )->body;
			if ( false === strpos( $said, 'notice-success' ) ) {
				return self::no( wp_strip_all_tags( $said ) );
			}
		}
		return true;
	}

	/** Staff write down what the client said, on the contract's page. */
	public static function refuse(): bool {
		return 'declined' === self::act( 'relance_refuse', array( 'on' => Relance\Dates::today(), 'reason' => 'Au téléphone', 'sure' => '1' ) )->status;
	}

	/** And take it back. */
	public static function take_back(): bool {
		return 'active' === self::act( 'relance_take_back', array() )->status;
	}

	public static function goes_on_there(): bool {
		$contract = self::contract();
		return 'active' === $contract->status && 'active' === $contract->relance['standing'] ? true : self::no( wp_json_encode( array( $contract->to_wire(), $contract->relance ) ) );
	}

	/** The client ends the contract in My Account. */
	public static function decline(): bool {
		$client = Browser::of( 'jeanne' );
		$nonce  = $client->get( '/mon-compte/maintenance/?relance_decline=1' )->any_nonce();
		$client->post( '/mon-compte/maintenance/', array( 'relance_decline' => 1, '_wpnonce' => $nonce ) );
		return 'declined' === self::contract()->status;
	}

	public static function declined_there(): bool {
		$said = self::contract()->relance;
		return 'declined' === $said['standing'] ? true : self::no( wp_json_encode( $said ) . wp_json_encode( get_option( Settings::ERRORS ) ) );
	}

	/** Settings > Relance > Unlink: the service is told, its webhooks are gone. */
	public static function unlink(): bool {
		$admin = Browser::of( 'admin' );
		$page  = '/wp-admin/options-general.php?page=relance';
		$admin->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_unlink', 'sure' => '1', '_wpnonce' => $admin->get( $page )->nonce( 'relance_unlink' ) ) );
		$said = $admin->get( $page )->body;
		return ! Settings::link() && array() === WC_Webhook::all() && false !== strpos( $said, 'notice-success' ) ? true : self::no( wp_strip_all_tags( $said ) );
	}

	/** This site as a maintained one: linked by its code, it hears that nothing is to be shown. */
	public static function site( string $code ): bool {
		$admin = Browser::of( 'admin' );
		$page  = '/wp-admin/options-general.php?page=relance';
		$admin->post( '/wp-admin/admin-post.php', array( 'action' => 'relance_site_link', '_wpnonce' => $admin->get( $page )->nonce( 'relance_site_link' ), 'service' => getenv( 'RELANCE_SERVICE' ), 'code' => $code ) );
		$state = get_option( Settings::SITE_STATE );
		return Settings::site() && is_array( $state ) && false === $state['show_notice'] ? true : self::no( wp_strip_all_tags( $admin->get( $page )->body ) . wp_json_encode( $state ) );
	}

	public static function suspended(): bool {
		$said = self::contract()->relance;
		return 'suspended' === $said['standing'] && '' !== self::pay_url() ? true : self::no( wp_json_encode( $said ) );
	}

	/** The site asks, as it does every hour: nobody sees anything. */
	public static function notice_hidden(): bool {
		return self::ask() ? self::no( 'the service shows a notice' ) : self::nobody_sees_it( array( 'admin', 'boss', 'editor', '' ) );
	}

	/** The site asks: administrators see the notice in wp-admin. */
	public static function notice_shown(): bool {
		if ( ! self::ask() ) {
			return self::no( 'the service shows no notice' );
		}
		$page = Browser::of( 'admin' )->get( '/wp-admin/' )->body;
		foreach ( array( 'notice-warning', 'par Agence Exemple', '21 janvier 2027', esc_url( self::pay_url() ) ) as $text ) {
			if ( false === strpos( $page, $text ) ) {
				return self::no( "the notice has no {$text}: " . wp_strip_all_tags( $page ) );
			}
		}
		return self::nobody_sees_it( array( 'boss', 'editor', '' ) );
	}

	// What the service answers to the site's hourly question.
	private static function ask(): bool {
		$before = get_option( Settings::SITE_STATE );
		delete_option( Settings::SITE_STATE );
		do_action( Relance\Site\Maintained::HOOK );
		$state = get_option( Settings::SITE_STATE );
		if ( ! is_array( $state ) ) {
			throw new RuntimeException( 'no answer; before: ' . wp_json_encode( $before ) );
		}
		return true === $state['show_notice'];
	}

	// Neither in wp-admin nor on the site; nobody's name is that of a visitor.
	private static function nobody_sees_it( array $logins ): bool {
		if ( ! get_user_by( 'login', 'editor' ) ) {
			wp_insert_user( array( 'user_login' => 'editor', 'user_pass' => 'editor', 'role' => 'editor' ) );
		}
		foreach ( $logins as $login ) {
			$somebody = '' === $login ? new Browser() : Browser::of( $login );
			foreach ( '' === $login ? array( '/' ) : array( '/wp-admin/', '/' ) as $path ) {
				$page = $somebody->get( $path );
				if ( 200 !== $page->status || false !== strpos( $page->body, 'par Agence Exemple' ) ) {
					return self::no( "{$login} at {$path}: {$page->status}" );
				}
			}
		}
		return false === strpos( Browser::of( 'admin' )->get( '/' )->body, 'par Agence Exemple' );
	}

	// A form of the contract's page.
	private static function act( string $action, array $fields ) {
		$staff = Browser::of( 'boss' );
		$page  = '/wp-admin/admin.php?page=relance-contracts&contract=1';
		$staff->post( '/wp-admin/admin-post.php', $fields + array( 'action' => $action, '_wpnonce' => $staff->get( $page )->nonce( $action ), 'contract' => 1 ) );
		return self::contract();
	}

	/** The service posts a status as soon as it knows the contract. */
	public static function heard(): bool {
		return null !== self::contract()->relance ? true : self::no( 'no status: ' . wp_json_encode( get_option( 'relance_errors' ) ) );
	}

	public static function mailed(): bool {
		$mails = self::mails();
		if ( 1 !== count( $mails ) ) {
			return self::no( count( $mails ) . ' mails' );
		}
		return 'jeanne@client.example' === $mails[0]['to'][0]['address'] && '' !== self::pay_url() ? true : self::no( 'mail: ' . $mails[0]['text'] );
	}

	public static function shown(): bool {
		$contract = self::contract();
		$page     = Browser::of( 'admin' )->get( '/wp-admin/admin.php?page=wc-orders&action=edit&id=' . $contract->order_id )->body;
		foreach ( array( 'relance-renewal-due', 'jeanne@client.example', 'relance-kind-sent' ) as $text ) {
			if ( false === strpos( $page, $text ) ) {
				return self::no( "the box has no {$text}: " . wp_json_encode( $contract->relance ) );
			}
		}
		return $contract->renewal_order_id > 0 ? true : self::no( 'no renewal order' );
	}

	public static function pay(): bool {
		$client = new Browser();
		$page   = $client->get( self::pay_url() );
		if ( ! preg_match( '/name="woocommerce-pay-nonce" value="([^"]+)"/', $page->body, $m ) ) {
			return self::no( self::pay_url() . ': ' . wp_strip_all_tags( $page->body ) );
		}
		$paid = $client->post( self::pay_url(), array( 'woocommerce_pay' => '1', 'woocommerce-pay-nonce' => $m[1] ) );
		return false !== strpos( $paid->body, 'woocommerce-order-received' );
	}

	public static function renewed_here(): bool {
		$contract = self::contract();
		return 2 === $contract->term_no && '2028-01-14' === $contract->term_end ? true : self::no( wp_json_encode( $contract->to_wire() ) );
	}

	public static function renewed_there(): bool {
		$said = self::contract()->relance;
		return 2 === $said['term_no'] && 'active' === $said['standing'] && '2028-01-14' === $said['term_end'] ? true : self::no( wp_json_encode( $said ) );
	}

	/** The service has read the shop after that day's window: it has sent the notice of 15 December, and at most the confirmation of the renewal. */
	public static function quiet(): bool {
		$until = time() + 90;
		do {
			sleep( 1 );
			$state = Relance\Service\Client::ask( 'state' );
			$read  = is_wp_error( $state ) ? '' : (string) $state['last_sync_at'];
		} while ( $read < '2027-01-07T10:00:00' && time() < $until );
		if ( $read < '2027-01-07T10:00:00' ) {
			return self::no( 'the day did not pass: ' . $read );
		}
		$subjects = array_column( self::mails(), 'subject' );
		echo '     ' . implode( ' | ', $subjects ) . "\n";
		$contract = self::contract();
		return count( $subjects ) <= 2 && 2 === $contract->term_no && 'active' === $contract->standing() ? true : self::no( wp_json_encode( $contract->relance ) );
	}

	private static function contract() {
		return Repository::find( 1 );
	}

	private static function mails(): array {
		return (array) ( new Browser() )->get( getenv( 'RELANCE_MAILS' ) . '/api/email' )->data();
	}

	private static function pay_url(): string {
		foreach ( self::mails() as $mail ) {
			if ( preg_match( '#' . preg_quote( getenv( 'RELANCE_URL' ), '#' ) . '/checkout/order-pay/[^\s"<>)\]]+#', html_entity_decode( $mail['html'] . ' ' . $mail['text'] ), $m ) ) {
				return $m[0];
			}
		}
		return '';
	}

	private static function no( string $why ): bool {
		fwrite( STDERR, $why . "\n" );
		return false;
	}
}

exit( call_user_func_array( array( 'Story', $argv[1] ), array_slice( $argv, 2 ) ) ? 0 : 1 );
