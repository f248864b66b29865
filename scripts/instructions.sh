#!/usr/bin/env bash
# How many instructions a decision takes, for Courtesy and the hand-written program side by side, as a table in
# Markdown: the figure that other work on the machine cannot move. Each is the difference of two runs that only differ
# in how often they repeat, so that loading and compiling the policies does not count.
# It needs valgrind, and the bench: (cd benches/peers && cargo build --release).
set -euo pipefail
cd "$(dirname "$0")/../benches/peers"
bench="${BENCH:-target/release/courtesy-peers}"
command -v valgrind >/dev/null || { echo "valgrind is missing (Debian: apt-get install valgrind)" >&2; exit 2; }
[ -x "$bench" ] || { echo "$bench is missing: (cd benches/peers && cargo build --release)" >&2; exit 2; }

# The instructions of one whole run: part, program, repeats, purchases, proposals.
run() {
  local said
  said="$(valgrind --tool=callgrind --callgrind-out-file=/dev/null "$bench" once "$@" 2>&1)" ||
    { echo "$said" >&2; exit 1; }
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' <<<"$said"
}

# The instructions of one repeat: part, program, purchases, proposals, and how many repeats make a run (a multiple of
# the 16 cases, so that both runs decide the same ones).
one() {
  local few many
  few="$(run "$1" "$2" "$5" "$3" "$4")"
  many="$(run "$1" "$2" $((3 * $5)) "$3" "$4")"
  echo $(((many - few) / (2 * $5)))
}

echo "| part | purchases × proposals | \`hand\` | Courtesy | by \`hand\` |"
echo "| --- | ---: | ---: | ---: | ---: |"
for size in "5 1 64" "50 20 16"; do
  read -r purchases proposals repeats <<<"$size"
  for part in decide read write end-to-end; do
    hand="$(one "$part" hand "$purchases" "$proposals" "$repeats")"
    courtesy="$(one "$part" courtesy "$purchases" "$proposals" "$repeats")"
    awk -v part="$part" -v size="$purchases × $proposals" -v hand="$hand" -v courtesy="$courtesy" 'BEGIN {
      printf "| %s | %s | %s | %s | %.2f × |\n", part, size, grouped(hand), grouped(courtesy), courtesy / hand
    }
    function grouped(number,   text) {
      text = sprintf("%d", number)
      while (match(text, /[0-9][0-9][0-9][0-9]($|,)/)) text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
      return text
    }'
  done
done
