#!/usr/bin/env bash
# Records a second and core of `courtesy apply` on the packages for the four public data sets, as a table in Markdown.
#
#   scripts/real-data-rates.sh BINARY [BINARY]
#
# With two binaries, which may be of different versions, it says how much faster the second is. They run in turn, and
# the medians of CPU time are told, the package's compiling and the end of the process among it; a ratio is taken
# within its round. The data stays out of the repository: COURTESY_DATA names its folder. ROUNDS says how often (7).
set -euo pipefail
export LC_ALL=C
[ $# -eq 1 ] || [ $# -eq 2 ] || { sed -n '4p' "$0" >&2; exit 2; }
binaries=()
for binary in "$@"; do binaries+=("$(realpath -e "$binary")"); done
cd "$(dirname "$0")/.."
data="${COURTESY_DATA:-../shared/data}"
rounds="${ROUNDS:-7}"
if [ ! -d "$data" ]; then
  echo "skipped: no data sets at $data (set COURTESY_DATA)"
  exit 0
fi
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
TIMEFORMAT='%U %S'

# Appends the CPU seconds of one run to the file of its binary: number of the binary, binary, package, records, input, now.
run() {
  local code=0
  { time "$2" apply "examples/$3" --records "$folder/$3.ndjson" --as "$5" --now "$6" --jobs 1 \
      --quarantine "$folder/quarantine" --summary "$folder/summary" >/dev/null 2>"$folder/said" || code=$?; } 2>"$folder/time"
  # 3 says that some records were quarantined.
  [ "$code" -eq 0 ] || [ "$code" -eq 3 ] || { cat "$folder/said" >&2; exit 1; }
  awk '{ print $1 + $2 }' "$folder/time" >>"$folder/$3.$1"
}

median() { sort -g | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

one() { # package, records, input, now
  # Unpacked first, so that gzip is no part of it.
  gzip -dc "$data/$2" >"$folder/$1.ndjson"
  local round number records cells=""
  for round in $(seq "$rounds"); do
    for number in "${!binaries[@]}"; do run "$number" "${binaries[$number]}" "$@"; done
  done
  records="$(grep -c . "$folder/$1.ndjson")"
  for number in "${!binaries[@]}"; do
    cells+=" $(median <"$folder/$1.$number" | awk -v records="$records" '{ printf "%d", records / $1 }') |"
  done
  if [ "${#binaries[@]}" -eq 2 ]; then
    cells+=" $(paste "$folder/$1.0" "$folder/$1.1" | awk '{ print $1 / $2 }' | median | awk '{ printf "%.2f ×", $1 }') |"
  fi
  echo "| $1 | $records |$cells"
}

if [ "${#binaries[@]}" -eq 2 ]; then
  echo "| data | records | a second, first | a second, second | faster |"
  echo "| --- | ---: | ---: | ---: | ---: |"
else
  echo "| data | records | a second and core |"
  echo "| --- | ---: | ---: |"
fi
one cdnow cdnow/customers.ndjson.gz customer 1998-07-01T00:00:00Z
one olist olist/customers.ndjson.gz customer 2018-10-18T00:00:00Z
one bank bank-marketing/clients.ndjson.gz client 2010-11-18T00:00:00Z
one goodbooks goodbooks/readers.ndjson.gz reader 2020-01-01T00:00:00Z
