#!/usr/bin/env bash
# Installs what the tests need (as root; otherwise names it), builds, checks the format, runs every test.
# The last line is always "N passed, N failed"; the exit code is not 0 if anything failed, was skipped or did not run.
set -euo pipefail
cd "$(dirname "$0")/.."

passed=0 failed=0 format="" results=$(mktemp -d)
finish() {
  local code=$?
  [ -z "$format" ] || kill "$format" 2>/dev/null || true
  rm -rf "$results"
  if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] || exit 1
}
trap finish EXIT

# No build server may outlive this script.
export PATH="$PATH:/usr/sbin" MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false DOTNET_CLI_USE_MSBUILD_SERVER=0
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 LC_ALL=C.UTF-8

missing_tools() {
  command -v dotnet >/dev/null || echo "dotnet (the .NET 10 SDK)"
  command -v npm >/dev/null || echo "npm (Node.js 20 or later)"
}

missing_packages() {
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || echo postgresql
  command -v postfix >/dev/null || echo postfix
  command -v java >/dev/null || echo default-jre-headless
  command -v dnsmasq >/dev/null || echo dnsmasq-base
  command -v chromium >/dev/null || echo chromium fonts-liberation
  command -v docker-compose >/dev/null || echo docker-compose
  command -v weasyprint >/dev/null || echo weasyprint
  command -v pdftotext >/dev/null || echo poppler-utils
  command -v openssl >/dev/null || echo openssl
}

# Debian starts a service that it installs; ours are started by the tests, each on its own port.
without_services() {
  local policy=/usr/sbin/policy-rc.d made=""
  if [ ! -e "$policy" ]; then printf '#!/bin/sh\nexit 101\n' >"$policy"; chmod +x "$policy"; made=1; fi
  local code=0
  "$@" || code=$?
  [ -z "$made" ] || rm -f "$policy"
  return "$code"
}

prepare() {
  local tools packages
  tools=$(missing_tools)
  if [ -n "$tools" ]; then echo "Missing: $tools" >&2; return 1; fi
  packages=$(missing_packages | tr '\n' ' ')
  [ -n "$packages" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then echo "Missing Debian packages: $packages(run as root to install them)" >&2; return 1; fi
  apt-get update -q
  # shellcheck disable=SC2086 # a list of names
  DEBIAN_FRONTEND=noninteractive without_services apt-get install -yq --no-install-recommends $packages
}

# One project's results: a test that was not executed counts as failed, and so does a project without any.
count() {
  local counters total ok
  counters=$(grep -o '<Counters [^>]*' "$1" 2>/dev/null) || { failed=$((failed + 1)); return; }
  total=$(sed -E 's/.* total="([0-9]+)".*/\1/' <<<"$counters")
  ok=$(sed -E 's/.* passed="([0-9]+)".*/\1/' <<<"$counters")
  if [ "$total" -ne "$ok" ]; then echo "$1: $((total - ok)) of $total failed or were not run" >&2; fi
  if [ "$total" -eq 0 ]; then echo "$1: no test was found" >&2; total=1; fi
  passed=$((passed + ok)) failed=$((failed + total - ok))
}

step() { echo "== $1 (${SECONDS}s)"; }

step "tools"; prepare
step "npm"; npm ci --prefix tests --no-audit --no-fund --loglevel=error
step "restore"; dotnet restore Relance.sln --locked-mode -v q
step "build"; dotnet build Relance.sln --no-restore -c Release -v q
# Beside the browser's tests, which wait more than they work.
step "format"
dotnet format Relance.sln --no-restore --verify-no-changes --severity warn &
format=$!
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  step "$name"
  code=0
  dotnet test "$project" --no-build -c Release --nologo --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
    --blame-hang-timeout 6m --blame-hang-dump-type none || code=$?
  before=$failed
  count "$results/$name.trx"
  # A test host that crashed can leave results without a failure in them.
  if [ "$code" -ne 0 ] && [ "$failed" -eq "$before" ]; then failed=$((failed + 1)); fi
done
# Suites of their own, each with the same last line as this one.
for suite in wordpress/run wordpress/story wordpress/suspension compose/run; do
  step "$suite"
  before=$failed code=0 ok="" bad=""
  "tests/$suite" >"$results/suite.log" || code=$?
  cat "$results/suite.log"
  read -r ok bad < <(tail -1 "$results/suite.log" | sed -nE 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p') || true
  passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-1}))
  if [ "$code" -ne 0 ] && [ "$failed" -eq "$before" ]; then failed=$((failed + 1)); fi
done
if ! wait "$format"; then echo "dotnet format: see above" >&2; failed=$((failed + 1)); fi
step "done"
