#!/bin/sh
# A throw-away PostgreSQL for the tests: on a unix socket only, nothing kept on a crash.
#
#   tools/postgres.sh start DIR    prints its URL; starts nothing twice
#   tools/postgres.sh stop DIR     stops it and removes it
#
# DIR remembers where the cluster is. The cluster itself lies in a folder of its own under ${TMPDIR:-/tmp}:
# a socket's path must be short, and PostgreSQL refuses root, so as root it runs as the user postgres,
# who must be able to reach it.
set -eu

die() {
    echo "postgres.sh: $*" >&2
    exit 1
}

[ $# -eq 2 ] || die "usage: postgres.sh start|stop DIR"
action=$1
dir=$2
note=$dir/cluster

as_server() {
    if [ "$(id -u)" -eq 0 ]; then
        runuser -u postgres -- "$@"
    else
        "$@"
    fi
}

find_programs() {
    if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
        bin=$(dirname "$(command -v pg_ctl)")
        return
    fi
    bin=
    for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V); do
        if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ]; then bin=$folder; fi
    done
    [ -n "$bin" ] || die "PostgreSQL is not installed. On Debian and Ubuntu: apt-get install postgresql"
    if [ "$(id -u)" -eq 0 ]; then
        id postgres >/dev/null 2>&1 || die "run as root it needs a user postgres, and there is none"
    fi
}

running() {
    [ -s "$note" ] || return 1
    room=$(cat "$note")
    [ -d "$room/data" ] && (cd "$room" && as_server "$bin/pg_ctl" -D "$room/data" status >/dev/null 2>&1)
}

start() {
    if ! running; then
        forget
        mkdir -p "$dir"
        room=$(mktemp -d "${TMPDIR:-/tmp}/mulakat-pg.XXXXXX")
        echo "$room" >"$note"
        if [ "$(id -u)" -eq 0 ]; then chown postgres "$room"; fi
        # The server's user may not be able to stand where we stand.
        cd "$room"
        as_server "$bin/initdb" -D "$room/data" -U mulakat -A trust -E UTF8 --locale=C --no-sync \
            >"$room/log" 2>&1 || fail
        as_server "$bin/pg_ctl" -D "$room/data" -l "$room/server.log" -w start \
            -o "-c listen_addresses='' -c unix_socket_directories='$room' -c fsync=off" \
            >>"$room/log" 2>&1 || fail
    fi
    echo "postgresql://mulakat@/postgres?host=$room"
}

fail() {
    cat "$room/log" "$room/server.log" >&2 2>/dev/null || true
    cd /
    rm -rf "$room"
    rm -f "$note"
    die "PostgreSQL did not start"
}

stop() {
    if running; then
        (cd "$room" && as_server "$bin/pg_ctl" -D "$room/data" -m immediate -w stop >/dev/null)
    fi
    forget
}

forget() {
    if [ -s "$note" ]; then
        case $(cat "$note") in
        */mulakat-pg.*) rm -rf "$(cat "$note")" ;;
        esac
    fi
    rm -f "$note"
}

case $dir in
/*) ;;
*) note=$PWD/$note ;;
esac

find_programs
case $action in
start) start ;;
stop) stop ;;
*) die "usage: postgres.sh start|stop DIR" ;;
esac
