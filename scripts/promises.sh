#!/usr/bin/env bash
# The promises of docs/promises.md, each with the job that could break it.
#
#   scripts/promises.sh              every job in its long form; writes
#                                    docs/promises.json and docs/promises.md
#   scripts/promises.sh quick        what every change must pass: a million
#                                    cases of soundness and parity together
#   scripts/promises.sh JOB… [--cases N] [--seed S] [--threads N]
#                                    some jobs; writes what they found too
#   scripts/promises.sh --replay "JOB SEED CASE"
#                                    one find again, made small
set -euo pipefail
cd "$(dirname "$0")/.."

cargo build --release --quiet -p courtesy-promises
promises=target/release/courtesy-promises
case "${1:-}" in
  quick) exec "$promises" soundness parity --cases 500000 ;;
  --replay) exec "$promises" "$@" ;;
esac
cargo build --release --quiet -p courtesy-cli
found=0
"$promises" "$@" --results docs/promises.json || found=$?
[ "$found" -gt 1 ] || "$promises" --page
exit "$found"
