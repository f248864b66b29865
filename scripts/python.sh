#!/usr/bin/env bash
# Builds the wheel of crates/courtesy-python and runs all of its tests against it,
# in a fresh virtual environment; pip fetches what requirements.txt names there.
#
#   scripts/python.sh            build and test
#   scripts/python.sh --rates    build, and print how many customers a second it decides
#   scripts/python.sh --wheel    build alone; the wheel lies in crates/courtesy-python/target/wheels
#
# It needs Python 3.11 or newer with pip and venv, and for the tests of Spark Java 17,
# without which those are skipped and say so. COURTESY_DATA names the folder of the
# public data sets (../shared/data beside the checkout); tests that want them say so too.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
crate="$root/crates/courtesy-python"
data="${COURTESY_DATA:-$root/../shared/data}"
if ! command -v python3 >/dev/null || ! python3 -c 'import venv, sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "skipped: no Python 3.11 or newer with venv on this machine" >&2
  exit 0
fi

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
PATH="$folder/venv/bin:$PATH"
unset PYTHONPATH PYTHONHOME
export VIRTUAL_ENV="$folder/venv" PIP_DISABLE_PIP_VERSION_CHECK=1 COURTESY_DATA="$data"

echo "== what it needs" >&2
case "${1:-}" in
  --wheel) pip install --quiet "$(grep '^maturin==' "$crate/requirements.txt")" ;;
  *) pip install --quiet --requirement "$crate/requirements.txt" ;;
esac

echo "== the wheel" >&2
cd "$crate"
nice maturin build --release --locked --quiet --out target/wheels
wheel="$(ls -t target/wheels/courtesy_rules-*.whl | head -1)"
[ "${1:-}" != --wheel ] || { echo "$crate/$wheel"; exit 0; }
pip install --quiet --force-reinstall --no-deps "$wheel"

if [ "${1:-}" = --rates ]; then
  cd "$root"
  python "$crate/rates.py"
  exit 0
fi
echo "== layout and lints" >&2
cargo fmt --check
cargo clippy --release --locked --quiet -- -D warnings
echo "== tests" >&2
python -m pytest --quiet -p no:cacheprovider
