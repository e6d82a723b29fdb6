#!/usr/bin/env bash
# How much the tests of the domain notice: each rule is changed a little, and some test must turn red (at least 80 % of the changes).
# Works on a copy, since the mutated assembly replaces the built one. Usage: tests/mutation.sh [number of generated worlds per change]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT

cd "$root"
git ls-files -z --cached --others --exclude-standard -- src/Relance.Domain tests/Relance.Domain.Tests .config .editorconfig global.json '*.props' BannedSymbols.txt |
  xargs -0 cp --parents -t "$copy"
cd "$copy/tests/Relance.Domain.Tests"
# Every change runs the tests it touches: fewer worlds than usual, or the run takes hours.
export RELANCE_WORLDS=${1:-30}
dotnet tool restore --verbosity quiet
nice dotnet tool run dotnet-stryker --project Relance.Domain.csproj --configuration Release --concurrency 1 \
  --reporter ClearText --reporter json --threshold-high 90 --threshold-low 80 --break-at 80 --output "$root/StrykerOutput"
