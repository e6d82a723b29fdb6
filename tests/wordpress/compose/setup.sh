#!/bin/sh
# Makes the development shop of docker-compose.yml; run again, it changes nothing.
set -eu
cd /var/www/html

if ! wp core is-installed; then
  wp core install --url=http://wordpress:8081 --title="Boutique de développement" --skip-email \
    --admin_user=agence --admin_password="$WORDPRESS_ADMIN_PASSWORD" --admin_email=agence@agence.example
  wp language core install fr_FR --activate
  wp option update timezone_string Europe/Paris
  wp rewrite structure '/%postname%/'
fi

if ! wp plugin is-installed woocommerce; then
  wp plugin install woocommerce --version="$WOOCOMMERCE_VERSION" --activate
  wp option update woocommerce_default_country FR
  wp option update woocommerce_currency EUR
  wp option update woocommerce_coming_soon no
  wp wc payment_gateway update bacs --enabled=true --user=agence
  wp wc product create --name="Maintenance WordPress — 12 mois" --type=simple --virtual=true --sku=maintenance --regular_price=480 --user=agence
fi

wp plugin is-active relance || wp plugin activate relance
echo "The shop is ready: http://localhost:8081/wp-admin/ (agence)."
