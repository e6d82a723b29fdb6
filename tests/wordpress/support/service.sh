# The built service beside the test site, a mail catcher, and WordPress's cron: sourced by story and suspension, after site.sh.

passed=0 failed=0
program=${RELANCE_PROGRAM:-$here/../../src/Relance/bin/Release/net10.0/relance.dll}
serve_pid="" cron_pid=""

finish() {
  local code=$?
  service_stop
  [ -z "$cron_pid" ] || kill "$cron_pid" 2>/dev/null || true
  if [ "$failed" -ne 0 ] || [ "$code" -ne 0 ]; then tail -25 "${site_work:-/nowhere}"/serve-*.log 2>/dev/null >&2 || true; fi
  site_stop
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] || exit 1
}
trap finish EXIT

# One step of the story; the first that fails ends it, since the rest builds on it.
step() {
  local name=$1
  shift
  if "$@"; then passed=$((passed + 1)); echo "ok   $name"; else failed=$((failed + 1)); echo "FAIL $name"; exit 1; fi
}

relance() { dotnet "$program" "$@" "${settings[@]}"; }
scene() { php "$here/support/story.php" "$@"; }
# Until a scene comes true, a minute long at least.
until_scene() {
  local i
  for i in $(seq 120); do scene "$@" 2>"$site_work/why" && return 0; sleep 0.5; done
  cat "$site_work/why" >&2
  return 1
}

service_start() {
  # Not through relance(): the process to end would be a shell.
  dotnet "$program" serve --clock "$1" --speed "$2" "${settings[@]}" >"$site_work/serve-${1:0:10}.log" 2>&1 &
  serve_pid=$!
  local i
  for i in $(seq 300); do curl -fs -o /dev/null "$RELANCE_SERVICE/health/live" && return 0; kill -0 "$serve_pid" 2>/dev/null || break; sleep 0.2; done
  cat "$site_work/serve-${1:0:10}.log" >&2
  return 1
}

service_stop() {
  [ -n "$serve_pid" ] || return 0
  kill "$serve_pid" 2>/dev/null || true
  wait "$serve_pid" 2>/dev/null || true
  serve_pid=""
}

mail_start() {
  local smtp=$1 web=$2
  TERM=dumb node "$here/../node_modules/maildev/dist/bin/maildev.js" --smtp "$smtp" --ip 127.0.0.1 --web "$web" --web-ip 127.0.0.1 --mail-directory "$site_work/mails" >"$site_work/maildev.log" 2>&1 &
  site_pids+=($!)
  local i
  for i in $(seq 100); do curl -fs -o /dev/null "http://127.0.0.1:$web/api/email" && return 0; sleep 0.1; done
  cat "$site_work/maildev.log" >&2
  return 1
}

# WordPress's own cron, as a visitor a second would run it.
cron_start() {
  while sleep 1; do curl -fs -o /dev/null "$RELANCE_URL/wp-cron.php?doing_wp_cron" || true; done &
  cron_pid=$!
}

link() {
  local code
  code=$(relance shop invite --test --allow-private --json | grep -o '[A-Z0-9]\{4\}-[A-Z0-9]\{4\}-[A-Z0-9]\{4\}') || return 1
  scene link "$code"
}

the_contract() { relance contract list --json 2>/dev/null | tr -d ' \n' | grep -o '"id":"[0-9a-f-]*"' | head -1 | cut -d'"' -f4; }

maintained() {
  local id code
  id=$(the_contract) || return 1
  code=$(relance site invite "$id" --json | grep -o '[A-Z0-9]\{4\}-[A-Z0-9]\{4\}-[A-Z0-9]\{4\}') || return 1
  scene site "$code"
}

live() {
  local id
  id=$(scene shop) && relance shop mode "$id" live --yes >"$site_work/live.log" 2>&1 || { cat "$site_work/live.log" >&2; return 1; }
}

# A site, a mail catcher and the settings of the service; the program must be built.
parts_start() {
  [ -e "$program" ] || { echo "The service is not built: $program" >&2; return 1; }
  site_packages
  site_start
  local smtp web port
  smtp=$(free_port) web=$(free_port) port=$(free_port)
  export RELANCE_SERVICE=http://127.0.0.1:$port RELANCE_MAILS=http://127.0.0.1:$web
  settings=(--set "DataFolder=$site_work/data" --set "PublicUrl=$RELANCE_SERVICE" --set "Urls=$RELANCE_SERVICE"
    --set Smtp:Host=127.0.0.1 --set "Smtp:Port=$smtp" --set Smtp:Security=none --set Smtp:From=contact@agence.example
    --set "Sender:TradeName=Agence Exemple" --set Sender:Email=contact@agence.example)
  step "a mail catcher listens" mail_start "$smtp" "$web"
}
