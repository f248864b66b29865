#!/usr/bin/env bash
# Builds the service, tests it, holds its answers against the command's, and measures it on this machine.
#
#   scripts/serve.sh                 all of it
#   scripts/serve.sh --measure       only the figures of docs/hosts/service.md
#
# It needs Rust alone, and fetches what crates/courtesy-serve/Cargo.lock names. Where Python 3 with pip is there, the
# description in OpenAPI is also held against OpenAPI's own rules.
set -euo pipefail
cd "$(dirname "$0")/.."
step() { echo "== $1" >&2; }
manifest="crates/courtesy-serve/Cargo.toml"

step "build"
nice cargo build --locked --release --manifest-path "$manifest" --bins --examples
serve="crates/courtesy-serve/target/release/courtesy-serve"

measure() {
  step "figures: $(nproc) processors, client and service on one machine"
  crates/courtesy-serve/target/release/examples/load examples/readme examples/readme/case.json 5 1 16 64 256
}
if [ "${1:-}" = "--measure" ]; then
  measure
  exit 0
fi

step "layout and lints"
cargo fmt --manifest-path "$manifest" --check
nice cargo clippy --locked --manifest-path "$manifest" --all-targets --quiet -- -D warnings

step "tests"
nice cargo test --locked --manifest-path "$manifest" --quiet

step "the ordinary build knows nothing of it"
if cargo tree --locked --workspace --edges all --prefix none | grep -E '^(axum|hyper|tokio|tower) '; then
  echo "these belong to crates/courtesy-serve alone" >&2
  exit 1
fi

step "as the command runs it, with the bytes of the command"
nice cargo build --locked --quiet -p courtesy-cli
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
PATH="$PWD/$(dirname "$serve"):$PATH" target/debug/courtesy serve examples/readme --listen 127.0.0.1:0 2> "$scratch/log" &
service=$!
until grep -q "listening on" "$scratch/log"; do
  kill -0 "$service"
  sleep 0.1
done
url="$(sed -n 's/.*listening on //p' "$scratch/log")"
curl -sf -H 'content-type: application/json' --data-binary @examples/readme/case.json "$url/decide" > "$scratch/served"
target/debug/courtesy decide examples/readme --case examples/readme/case.json > "$scratch/decided"
cmp "$scratch/served" "$scratch/decided"
curl -sf "$url/openapi.json" > "$scratch/openapi.json"
kill -TERM "$service"
wait "$service"

if command -v python3 >/dev/null && python3 -m venv "$scratch/python" 2>/dev/null; then
  step "OpenAPI by its own rules"
  "$scratch/python/bin/pip" install --quiet openapi-spec-validator
  "$scratch/python/bin/python" -m openapi_spec_validator "$scratch/openapi.json"
else
  echo "skipped: OpenAPI by its own rules needs Python 3 with pip" >&2
fi

measure
step "all is well"
