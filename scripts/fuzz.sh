#!/usr/bin/env bash
# Feeds any bytes to Courtesy: each target in turn, for so many seconds.
#
#   scripts/fuzz.sh SECONDS [TARGET...]
#
# Begins with the seeds, what an earlier run kept, and for targets that read
# policies the blocks of the pages. Ends at the first find, whose
# file is named then: mend it, and keep the file under fuzz/seeds/TARGET.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:?usage: scripts/fuzz.sh SECONDS [TARGET...]}"
shift
[ $# -gt 0 ] || set -- check format parity parse records soundness

if ! cargo fuzz --version >/dev/null 2>&1; then
  echo "cargo-fuzz is missing: cargo install cargo-fuzz (and rustup toolchain install nightly)" >&2
  exit 2
fi

# Every block of courtesy in the pages as a file of its own.
blocks() {
  local folder="$1"
  find docs -name '*.md' -print | LC_ALL=C sort | while read -r page; do
    awk -v stem="$folder/$(basename "$page" .md)" '
      /^```courtesy/ { inside = 1; number++; next }
      /^```/ { inside = 0 }
      inside { print > (stem "-" number) }' "$page"
  done
}

for target in "$@"; do
  corpus="fuzz/corpus/$target"
  mkdir -p "$corpus"
  words=()
  case "$target" in
    records) words=(-dict=fuzz/records.dict) ;;
    check | format | parse)
      words=(-dict=fuzz/courtesy.dict)
      blocks "$corpus"
      ;;
  esac
  echo "== $target, $seconds s" >&2
  cargo +nightly fuzz run "$target" "$corpus" "fuzz/seeds/$target" -- \
    ${words[@]+"${words[@]}"} -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -max_len=2048 -print_final_stats=1
done
