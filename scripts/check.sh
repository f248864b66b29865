#!/usr/bin/env bash
# The checks, for people and for CI: layout, lints, documentation, tests, and
# snapshots that wait for review or that no test reads any more.
#
#   scripts/check.sh               everything
#   scripts/check.sh --after FILE  the tests have just passed with
#                                  INSTA_SNAPSHOT_REFERENCES_FILE=FILE: do not
#                                  run them again
set -euo pipefail
cd "$(dirname "$0")/.."

step() { echo "== $1" >&2; }
snapshots() { find "$PWD" -path "$PWD/target" -prune -o -path "$PWD/.git" -prune -o -name "$1" -print; }

step "layout"
cargo fmt --all --check

step "lints"
cargo clippy --workspace --all-targets --quiet -- -D warnings

step "documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --quiet

step "snapshots that wait for review"
waiting="$(snapshots '*.snap.new'; snapshots '.*.pending-snap')"
if [ -n "$waiting" ]; then
  echo "$waiting" >&2
  echo "look at each, then accept it or take it away" >&2
  exit 1
fi

if [ "${1:-}" = "--after" ]; then
  read_by_tests="$2"
else
  step "tests"
  read_by_tests="$(mktemp)"
  trap 'rm -f "$read_by_tests"' EXIT
  INSTA_UPDATE=no INSTA_SNAPSHOT_REFERENCES_FILE="$read_by_tests" cargo test --workspace --quiet
fi

step "snapshots that no test reads"
unread="$(LC_ALL=C comm -23 \
  <(snapshots '*.snap' | LC_ALL=C sort) \
  <(LC_ALL=C sort -u "$read_by_tests"))"
if [ -n "$unread" ]; then
  echo "$unread" >&2
  echo "take these away, or bring back the tests that read them" >&2
  exit 1
fi
step "all is well"
