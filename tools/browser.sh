#!/bin/sh
# Prints the path of a Chromium that tests can drive: an installed one first, Debian's package second,
# Playwright's own download last. Says on standard error what it does; fails with a sentence.
set -eu
find_one() {
  for name in "${MULAKAT_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && path=$(command -v "$name" 2>/dev/null) && { echo "$path"; return 0; }
  done
  mac="/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
  [ -x "$mac" ] && { echo "$mac"; return 0; }
  return 1
}
find_one && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1 && { [ -z "$as_root" ] || sudo -n true 2>/dev/null; }; then
  echo "Installing Chromium for the browser tests ..." >&2
  $as_root apt-get update -qq >&2 || true
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium >&2 || true
  find_one && exit 0
fi
root=$(cd "$(dirname "$0")/.." && pwd)
echo "Downloading a browser for the tests ..." >&2
if "$root/.venv/bin/python" -m playwright install chromium >&2; then
  "$root/.venv/bin/python" -c 'from playwright.sync_api import sync_playwright as p
with p() as play: print(play.chromium.executable_path)'
  exit 0
fi
echo "No browser could be had for the tests. Install Chromium, or name it in MULAKAT_CHROMIUM." >&2
exit 1
