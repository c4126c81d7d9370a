#!/bin/sh
# All Python tests: a browser and a PostgreSQL are found or installed first. A machine on which no
# PostgreSQL can be had skips that half, with the reason; CI never skips it.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
MULAKAT_CHROMIUM=$(tools/browser.sh)
export MULAKAT_CHROMIUM
cluster=$(mktemp -d)
stop() { tools/postgres.sh stop "$cluster" >/dev/null 2>&1 || true; rm -rf "$cluster"; }
trap stop EXIT INT TERM
if [ -z "${MULAKAT_TEST_POSTGRES:-}" ]; then
  tools/postgres_install.sh || true
  if url=$(tools/postgres.sh start "$cluster"); then
    MULAKAT_TEST_POSTGRES=$url
    export MULAKAT_TEST_POSTGRES
  elif [ -n "${CI:-}" ]; then
    echo "PostgreSQL could not be started, and CI must not skip its tests." >&2
    exit 1
  fi
fi
.venv/bin/pytest -m "not browser" "$@"
# A process of its own: Playwright's loop stays alive in the thread that started it, and asynchronous
# tests that come after it in the same process cannot start theirs.
.venv/bin/pytest -m browser "$@"
