#!/usr/bin/env bash
# Tries what docs/pipelines.md says about pre-commit and GitHub Actions, as far as that goes without GitHub: the hooks
# by pre-commit itself in a repository of their own, the steps of action.yml one by one with what a runner would give
# them. It needs git and Python 3 with pip, which fetches pre-commit and PyYAML.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"
for program in git python3 cargo; do
  if ! command -v "$program" >/dev/null; then
    echo "skipped: no $program on this machine" >&2
    exit 0
  fi
done
if [ -n "$(git status --porcelain -- .pre-commit-hooks.yaml action.yml)" ]; then
  echo "commit .pre-commit-hooks.yaml and action.yml first: pre-commit takes the hooks of a commit" >&2
  exit 2
fi

step() { echo "== $1" >&2; }
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
# Nothing of the person's own set-up takes part.
export HOME="$scratch/home" PRE_COMMIT_HOME="$scratch/cache" GIT_CONFIG_NOSYSTEM=1
export CARGO_HOME="${CARGO_HOME:-$(dirname "$(dirname "$(command -v cargo)")")}"
export RUSTUP_HOME="${RUSTUP_HOME:-$CARGO_HOME/../.rustup}"
mkdir -p "$HOME"
git config --global user.name "someone"
git config --global user.email "someone@example.org"
git config --global --add safe.directory '*'

step "the steps of the action"
python3 -m venv "$scratch/python"
"$scratch/python/bin/pip" install --quiet pre-commit pyyaml
CARGO_TARGET_DIR="$root/target" "$scratch/python/bin/python" scripts/pipelines/action.py "$root" "$scratch/action"

step "the hooks by pre-commit"
export PATH="$scratch/action/runner/courtesy/bin:$scratch/python/bin:$PATH"
repository="$scratch/repository"
mkdir "$repository"
cd "$repository"
git init --quiet
courtesy new policies
cat > .pre-commit-config.yaml <<CONFIG
repos:
  - repo: $root
    rev: $(git -C "$root" rev-parse HEAD)
    hooks:
      - id: courtesy-fmt
        args: [policies]
      - id: courtesy-check
        args: [policies]
      - id: courtesy-test
        args: [policies]
CONFIG
pre-commit install
git add .
git commit --quiet -m "policies that are well"

# refused TEXT SAYS: a commit with that file is refused, and it is said why.
refused() {
  printf '%b' "$1" > policies/more.courtesy
  git add .
  if git commit --quiet -m "wrong" > "$scratch/told" 2>&1; then
    echo "this was let through: $1" >&2
    exit 1
  fi
  if ! grep -qF -- "$2" "$scratch/told"; then
    cat "$scratch/told" >&2
    echo "nobody said: $2" >&2
    exit 1
  fi
}
refused 'action  dance\n' 'policies are in their one layout'
refused 'policy "x"\n  never dance\n' 'unknown-action'
refused 'example "nothing is owed"\n  given now is 2026-11-23T10:00:00Z\n  given customer is amir\n  expect no greet\n' 'no greet'
rm policies/more.courtesy
echo "notes" > notes.txt
git add .
git commit --quiet -m "nothing of the policies: no hook runs"
step "all is well"
