#!/bin/sh
# Fails when the page's generated types are older than the server's models.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
made=$(mktemp)
trap 'rm -f "$made"' EXIT
.venv/bin/python -m mulakat.server.export_schema "$made"
if ! cmp -s "$made" web/schema/openapi.json; then
  echo "web/schema/openapi.json is older than the server. Run: make types" >&2
  exit 1
fi
