#!/bin/sh
# Installs Debian's PostgreSQL when there is none and it can be done without asking.
set -eu
command -v initdb >/dev/null 2>&1 && exit 0
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
command -v apt-get >/dev/null 2>&1 || exit 1
[ -z "$as_root" ] || sudo -n true 2>/dev/null || exit 1
echo "Installing PostgreSQL for the tests ..." >&2
$as_root apt-get update -qq >&2 || true
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq postgresql >&2
