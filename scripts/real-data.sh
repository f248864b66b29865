#!/usr/bin/env bash
# Runs the four packages over the real data sets and holds every `fired` against
# the independent count of scripts/count/count.py, recorded in examples/counts.json.
# The data stays out of the repository: COURTESY_DATA names its folder.
set -eu
cd "$(dirname "$0")/.."
data="${COURTESY_DATA:-../shared/data}"
if [ ! -d "$data" ]; then
  echo "skipped: no data sets at $data (set COURTESY_DATA)"
  exit 0
fi
cargo build -q --release -p courtesy-cli
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
one() { # package, records, input, now
  target/release/courtesy apply "examples/$1" --records "$data/$2" --as "$3" --now "$4" \
    --out "$folder/$1.ndjson" --summary "$folder/$1.json" --quarantine "$folder/$1.quarantine"
}
one cdnow cdnow/customers.ndjson.gz customer 1998-07-01T00:00:00Z
one olist olist/customers.ndjson.gz customer 2018-10-18T00:00:00Z
one bank bank-marketing/clients.ndjson.gz client 2010-11-18T00:00:00Z
one goodbooks goodbooks/readers.ndjson.gz reader 2020-01-01T00:00:00Z
python3 scripts/count/compare.py examples/counts.json "$folder"
