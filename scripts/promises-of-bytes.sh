#!/usr/bin/env bash
# The promises about bytes and files in their long form: 200 kills, every way to
# fail at every call that changes a file, and what surrounds the process. Minutes.
#
#   scripts/promises-of-bytes.sh [KILLS]
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet -p courtesy-cli
cargo run --release --quiet -p courtesy-promises --example bytes -- target/release/courtesy "$@"
