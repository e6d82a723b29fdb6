# A WordPress of our own: sourced by run and by story. Everything lives in one temporary folder and ends with it.

site_packages() {
  local missing=""
  [ -e /usr/share/wordpress/wp-load.php ] || missing+=" wordpress"
  [ -e /usr/share/wordpress/wp-content/languages/fr_FR.mo ] || missing+=" wordpress-l10n"
  [ -d /usr/share/wordpress/wp-content/themes/twentytwentythree ] || missing+=" wordpress-theme-twentytwentythree"
  PATH="$PATH:/usr/sbin" command -v mariadbd >/dev/null || missing+=" mariadb-server"
  local module modules
  modules=$(php -m 2>/dev/null || true)
  for module in mysqli:mysql curl:curl dom:xml mbstring:mbstring intl:intl gd:gd; do
    grep -qx "${module%:*}" <<<"$modules" || missing+=" php-${module#*:}"
  done
  command -v curl >/dev/null || missing+=" curl"
  command -v ps >/dev/null || missing+=" procps"
  command -v php >/dev/null || missing+=" php-cli"
  command -v phpunit >/dev/null || missing+=" phpunit"
  command -v phpcs >/dev/null || missing+=" php-codesniffer"
  [ -n "$missing" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then echo "Missing Debian packages:$missing (run as root to install them)" >&2; return 1; fi
  # Debian starts a service that it installs; ours is started below, on a socket of its own.
  local policy=/usr/sbin/policy-rc.d made="" code=0
  if [ ! -e "$policy" ]; then printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod +x "$policy"; made=1; fi
  apt-get update -q || true
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends $missing || code=$?
  [ -z "$made" ] || rm -f "$policy"
  return "$code"
}

site_pids=()

free_port() { php -r '$s = stream_socket_server("tcp://127.0.0.1:0"); echo explode(":", stream_socket_get_name($s, false))[1];'; }

site_start() {
  local root
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  site_work=$(mktemp -d)
  site_log=$site_work/debug.log
  export RELANCE_SITE=$site_work/site RELANCE_WORK=$site_work RELANCE_TESTS=$root
  local port=${RELANCE_SITE_PORT:-$(free_port)}
  export RELANCE_URL=http://127.0.0.1:$port
  local service=$(free_port)
  export RELANCE_SERVICE=http://127.0.0.1:$service
  site_database
  cp -rL /usr/share/wordpress "$RELANCE_SITE"
  cp -r "$root/../../wp-plugin-stub" "$RELANCE_SITE/wp-content/plugins/relance"
  cp -r "$root/woocommerce-standin" "$RELANCE_SITE/wp-content/plugins/woocommerce"
  mkdir -p "$RELANCE_SITE/wp-content/mu-plugins"
  cp "$root/site/test-site.php" "$RELANCE_SITE/wp-content/mu-plugins/"
  cp "$root/site/wp-config.php" "$RELANCE_SITE/wp-config.php"
  cp "$root/site/frame.html" "$RELANCE_SITE/"
  php "$root/site/install.php"
  PHP_CLI_SERVER_WORKERS=4 php -S "127.0.0.1:$port" -t "$RELANCE_SITE" "$root/site/router.php" >"$site_work/php.log" 2>&1 &
  site_pids+=($!)
  PHP_CLI_SERVER_WORKERS=2 php -S "127.0.0.1:$service" "$root/service/index.php" >"$site_work/service.log" 2>&1 &
  site_pids+=($!)
  local i
  for i in $(seq 100); do curl -fs -o /dev/null "$RELANCE_URL/wp-json/" && return 0; sleep 0.1; done
  echo "The site did not start:" >&2
  tail -5 "$site_work/php.log" "$site_log" >&2
  return 1
}

site_database() {
  # A server that starts clears its folder for temporary tables, and with it those of another one.
  local path=$PATH:/usr/sbin tables=$site_work/tables
  mkdir "$tables"
  PATH=$path TMPDIR=$tables mariadb-install-db --no-defaults --datadir="$site_work/db" --user="$(id -un)" --auth-root-authentication-method=normal --skip-test-db >"$site_work/db.log" 2>&1 || { cat "$site_work/db.log" >&2; return 1; }
  PATH=$path TMPDIR=$tables mariadbd --no-defaults --datadir="$site_work/db" --user="$(id -un)" --socket="$site_work/db.sock" --pid-file="$site_work/db.pid" \
    --skip-networking --skip-log-bin --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=64M >>"$site_work/db.log" 2>&1 &
  site_pids+=($!)
  local i
  for i in $(seq 100); do mariadb --no-defaults --socket="$site_work/db.sock" -uroot -e 'CREATE DATABASE IF NOT EXISTS wp CHARACTER SET utf8mb4' 2>/dev/null && return 0; sleep 0.1; done
  tail -5 "$site_work/db.log" >&2
  return 1
}

# Whatever PHP said during the run: of the plugin, or with the plugin on the way.
site_log_is_quiet() {
  if [ -s "$site_log" ] && grep -iE 'relance' "$site_log" | grep -iE 'PHP (Notice|Warning|Deprecated|Fatal|Parse|Recoverable)|WordPress database error' >&2; then return 1; fi
}

site_stop() {
  local pid child
  for pid in "${site_pids[@]}"; do
    # PHP's server has workers, which do not end with it.
    for child in $(ps -o pid= --ppid "$pid" 2>/dev/null); do kill "$child" 2>/dev/null || true; done
    kill "$pid" 2>/dev/null || true
  done
  for pid in "${site_pids[@]}"; do wait "$pid" 2>/dev/null || true; done
  site_pids=()
  [ -z "${site_work:-}" ] || rm -rf "$site_work"
}
