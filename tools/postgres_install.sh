#!/bin/sh
# Installs Debian's PostgreSQL when there is none and it can be done without asking, and pgvector beside it
# where the distribution has it; without pgvector the same tests run with vectors compared by numpy.
set -eu

has_server() {
    command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1
}

has_vector() {
    ls /usr/share/postgresql/*/extension/vector.control >/dev/null 2>&1
}

# A server that lies on PATH brings its own extensions; Debian's packages would not fit it.
command -v initdb >/dev/null 2>&1 && exit 0
has_server && has_vector && exit 0
if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
can_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ -z "$as_root" ] || sudo -n true 2>/dev/null
}
if ! can_install; then
    if has_server; then exit 0; else exit 1; fi
fi
export DEBIAN_FRONTEND=noninteractive
if ! has_server; then
    echo "Installing PostgreSQL for the tests ..." >&2
    $as_root apt-get update -qq >&2 || true
    $as_root apt-get install -y -qq postgresql >&2
fi
version=$(ls /usr/lib/postgresql | sort -V | tail -n 1)
has_vector || $as_root apt-get install -y -qq "postgresql-$version-pgvector" >/dev/null 2>&1 ||
    echo "pgvector is not to be had here; its tests run without it." >&2
