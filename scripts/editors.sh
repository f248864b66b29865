#!/usr/bin/env bash
# Tests the grammar of the VS Code extension and builds it as a .vsix. It needs
# Node 20 with npm, which fetches what package-lock.json names.
set -euo pipefail
cd "$(dirname "$0")/../editors/vscode"
if ! command -v npm >/dev/null; then
  echo "skipped: no npm on this machine (Node 20 has it)" >&2
  exit 0
fi
npm ci --ignore-scripts --no-audit --no-fund
npm run grammar
npm run package
