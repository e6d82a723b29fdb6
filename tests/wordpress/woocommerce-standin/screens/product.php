<?php
// The product data box: tabs, panels, field functions, saving.

defined( 'ABSPATH' ) || exit;

add_action(
	'add_meta_boxes_product',
	static function () {
		add_meta_box( 'woocommerce-product-data', 'Données produit', 'standin_product_box', 'product', 'normal', 'high' );
	}
);

function standin_product_box( WP_Post $post ) {
	$GLOBALS['product_object'] = new WC_Product( $post->ID );
	wp_nonce_field( 'woocommerce_save_data', 'woocommerce_meta_nonce' );
	echo '<ul class="product_data_tabs">';
	foreach ( apply_filters( 'woocommerce_product_data_tabs', array() ) as $key => $tab ) {
		printf( '<li class="%s_options"><a href="#%s">%s</a></li>', esc_attr( $key ), esc_attr( $tab['target'] ), esc_html( $tab['label'] ) );
	}
	echo '</ul><style>#woocommerce-product-data .panel{display:block}#woocommerce-product-data label{display:inline-block;width:16em}</style>';
	do_action( 'woocommerce_product_data_panels' );
}

add_action(
	'save_post_product',
	static function ( $id ) {
		static $busy = false;
		if ( $busy || ! isset( $_POST['woocommerce_meta_nonce'] ) || ! wp_verify_nonce( wp_unslash( $_POST['woocommerce_meta_nonce'] ), 'woocommerce_save_data' ) || ! current_user_can( 'edit_post', $id ) ) {
			return;
		}
		$busy    = true;
		$product = new WC_Product( $id );
		$product->set_name( get_the_title( $id ) );
		do_action( 'woocommerce_admin_process_product_object', $product );
		$product->save();
		$busy = false;
	}
);

function standin_field( array $field, $html ) {
	printf( '<p class="form-field %1$s_field"><label for="%1$s">%2$s</label> %3$s %4$s</p>', esc_attr( $field['id'] ), wp_kses_post( $field['label'] ), $html, empty( $field['description'] ) ? '' : '<span class="description">' . wp_kses_post( $field['description'] ) . '</span>' );
}

function standin_value( array $field ) {
	return $field['value'] ?? get_post_meta( get_the_ID(), $field['id'], true );
}

function woocommerce_wp_text_input( $field ) {
	$more = '';
	foreach ( $field['custom_attributes'] ?? array() as $name => $value ) {
		$more .= sprintf( ' %s="%s"', esc_attr( $name ), esc_attr( $value ) );
	}
	standin_field( $field, sprintf( '<input type="%s" name="%2$s" id="%2$s" value="%3$s" placeholder="%4$s"%5$s>', esc_attr( $field['type'] ?? 'text' ), esc_attr( $field['id'] ), esc_attr( standin_value( $field ) ), esc_attr( $field['placeholder'] ?? '' ), $more ) );
}

function woocommerce_wp_checkbox( $field ) {
	standin_field( $field, sprintf( '<input type="checkbox" name="%1$s" id="%1$s" value="yes" %2$s>', esc_attr( $field['id'] ), checked( standin_value( $field ), 'yes', false ) ) );
}

function woocommerce_wp_select( $field ) {
	$options = '';
	foreach ( $field['options'] as $value => $name ) {
		$options .= sprintf( '<option value="%s" %s>%s</option>', esc_attr( $value ), selected( standin_value( $field ), $value, false ), esc_html( $name ) );
	}
	standin_field( $field, sprintf( '<select name="%1$s" id="%1$s">%2$s</select>', esc_attr( $field['id'] ), $options ) );
}
