<?php
// Webhooks: a row each; delivered later, with the payload as it is then.

defined( 'ABSPATH' ) || exit;

class WC_Webhook {
	private $row;

	public function __construct( array $row = array() ) {
		$this->row = $row;
	}
	public function get_id() {
		return (int) $this->row['webhook_id'];
	}
	public function get_delivery_url() {
		return $this->row['delivery_url'];
	}
	public function get( $name ) {
		return $this->row[ $name ];
	}
	public function delete( $force = false ) {
		global $wpdb;
		return (bool) $wpdb->delete( $wpdb->prefix . 'wc_webhooks', array( 'webhook_id' => $this->get_id() ) );
	}
	public static function all( $where = '1=1' ) {
		global $wpdb;
		return array_map(
			static function ( $row ) {
				return new WC_Webhook( $row );
			},
			$wpdb->get_results( "SELECT * FROM {$wpdb->prefix}wc_webhooks WHERE {$where} ORDER BY webhook_id", ARRAY_A )
		);
	}

	// WC_Webhook::deliver(): 200 to 302 is a success, nothing is tried again, the seventh failure in a row disables.
	public function deliver( $order_id ) {
		global $wpdb;
		list( $resource, $event ) = explode( '.', $this->row['topic'] );
		$order                    = wc_get_order( $order_id );
		$body                     = wp_json_encode( $order && 'trash' !== $order->get_status() ? standin_order( $order ) : array( 'id' => (int) $order_id ) );
		$answer                   = wp_safe_remote_post(
			$this->row['delivery_url'],
			array(
				'timeout'     => 15,
				'redirection' => 0,
				'user-agent'  => 'WooCommerce/' . WC_VERSION . ' Hookshot (WordPress/' . $GLOBALS['wp_version'] . ')',
				'body'        => $body,
				'headers'     => array(
					'Content-Type'             => 'application/json',
					'X-WC-Webhook-Source'      => home_url( '/' ),
					'X-WC-Webhook-Topic'       => $this->row['topic'],
					'X-WC-Webhook-Resource'    => $resource,
					'X-WC-Webhook-Event'       => $event,
					'X-WC-Webhook-Signature'   => base64_encode( hash_hmac( 'sha256', $body, wp_specialchars_decode( $this->row['secret'], ENT_QUOTES ), true ) ),
					'X-WC-Webhook-ID'          => $this->get_id(),
					'X-WC-Webhook-Delivery-ID' => md5( $this->get_id() . time() ),
				),
			)
		);
		$code                     = (int) wp_remote_retrieve_response_code( $answer );
		$failures                 = $code >= 200 && $code <= 302 ? 0 : $this->row['failure_count'] + 1;
		$changes                  = array( 'failure_count' => $failures ) + ( $failures > 6 ? array( 'status' => 'disabled' ) : array() );
		$wpdb->update( $wpdb->prefix . 'wc_webhooks', $changes, array( 'webhook_id' => $this->get_id() ) );
	}

	public function ping() {
		return wp_safe_remote_post( $this->row['delivery_url'], array( 'timeout' => 5, 'user-agent' => 'WooCommerce/' . WC_VERSION . ' Hookshot', 'body' => 'webhook_id=' . $this->get_id() ) );
	}

	public static function queue( $topic, $order_id ) {
		foreach ( self::all( "status = 'active' AND topic = '" . esc_sql( $topic ) . "'" ) as $webhook ) {
			$arguments = array( $webhook->get_id(), (int) $order_id );
			if ( ! wp_next_scheduled( 'standin_deliver', $arguments ) ) {
				wp_schedule_single_event( time(), 'standin_deliver', $arguments );
			}
		}
	}
}

class WC_Data_Store {
	public static function load( $name ) {
		return new self();
	}
	public function get_webhooks_ids( $status = '' ) {
		return array_map(
			static function ( $webhook ) {
				return $webhook->get_id();
			},
			WC_Webhook::all()
		);
	}
}

function wc_get_webhook( $id ) {
	return WC_Webhook::all( 'webhook_id = ' . (int) $id )[0] ?? null;
}

add_action(
	'woocommerce_new_order',
	static function ( $id ) {
		WC_Webhook::queue( 'order.created', $id );
		WC_Webhook::queue( 'order.updated', $id );
	}
);
add_action(
	'woocommerce_update_order',
	static function ( $id ) {
		WC_Webhook::queue( 'order.updated', $id );
	}
);
add_action(
	'standin_deliver',
	static function ( $webhook_id, $order_id ) {
		$webhook = wc_get_webhook( $webhook_id );
		if ( $webhook && 'active' === $webhook->get( 'status' ) ) {
			$webhook->deliver( $order_id );
		}
	},
	10,
	2
);
