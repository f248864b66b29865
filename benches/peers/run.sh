#!/usr/bin/env bash
# Measures everything and writes the tables between the markers of docs/performance.md and README.md.
# Building comes first and takes its time once; measuring takes some five minutes on two quiet cores.
# It stops at the first thing that fails, and the pages stay as they were until all is measured.
set -euo pipefail
cd "$(dirname "$0")"
cargo build --release --features peers
cargo build --release -p courtesy-cli --manifest-path ../../Cargo.toml
bench=target/release/courtesy-peers
results=target/results
rm -rf "$results"
mkdir -p "$results"

step() { echo "== $1 ($(date +%H:%M:%S))" >&2; }
for part in machine verify decide end-to-end growth compile cold ndjson; do
  step "$part"
  "$bench" "$part" >/dev/null
done
step "instructions"
../../scripts/instructions.sh >"$results/instructions.md"
step "real data"
../../scripts/real-data-rates.sh ../../target/release/courtesy >"$results/real-data.md"
step "goals"
"$bench" table
"$bench" page ../../docs/performance.md ../../README.md
step "done"
