#!/usr/bin/env bash
# The checks for people and CI.
set -eu
cd "$(dirname "$0")/.."
cargo fmt --all --check
if git ls-files -o -c --exclude-standard '*.snap.new' '*.pending-snap' | grep -q .; then
  echo "snapshots wait for review" >&2
  exit 1
fi
