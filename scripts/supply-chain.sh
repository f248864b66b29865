#!/usr/bin/env bash
# Licences, crates and sources of everything below the library and the command, by
# deny.toml. It may fetch what is only built on other systems. How many crates the
# library names itself is held by a test (tests/supply_chain).
set -euo pipefail
cd "$(dirname "$0")/.."
if ! cargo deny --version >/dev/null 2>&1; then
  echo "cargo-deny is missing: cargo install --locked cargo-deny" >&2
  exit 2
fi
cargo deny check licenses bans sources
