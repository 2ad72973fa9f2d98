#!/bin/bash
# practicehub.sh start BIN DIR | stop DIR | remove DIR: a practice hub for one machine, in DIR and nowhere else: a PostgreSQL cluster
# of its own (its socket in DIR, no port), a hub of the practice profile on a free loopback port, a desk enrolled
# with it in DIR/desk, and operator 9001 with PIN 135790. Started again it finds what it has made.
set -euo pipefail
say() { printf '    %s\n' "$*"; }
give_up() { say "FAILED: $*"; exit 1; }

postgres=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -1)
[ -n "$postgres" ] || give_up "PostgreSQL (Debian package postgresql) is not installed"
# PostgreSQL refuses to run as root.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Run by root, the cluster belongs to another user, who may not get into this folder.
locate_cluster() {
    cluster=$dir/cluster
    as_postgres test -x "$dir" || cluster=/var/tmp/upgradedesk-practice.$(printf '%s' "$dir" | cksum | cut -d' ' -f1)
}

# Whether process $1 is a hub of this folder.
is_hub() {
    case $(readlink "/proc/$1/exe" 2>/dev/null) in
    */upgradehub | */upgradehub\ \(deleted\)) tr '\0' '\n' <"/proc/$1/cmdline" 2>/dev/null | grep -qxF "$dir/hub.json" ;;
    *) false ;;
    esac
}

stop() {
    if [ -f "$dir/hub.pid" ]; then
        local hub
        hub=$(cat "$dir/hub.pid")
        # After a restart of the machine the number may be somebody else's.
        if is_hub "$hub"; then
            kill "$hub" 2>/dev/null || true
            for ((i = 0; i < 300; i++)); do
                is_hub "$hub" || break
                sleep 0.1
            done
            # It drains for 10 s; what is still there hangs.
            ! is_hub "$hub" || kill -9 "$hub" 2>/dev/null || true
        fi
        rm -f "$dir/hub.pid"
    fi
    local socket
    socket=$(cat "$dir/socket" 2>/dev/null || true)
    if [ -f "$cluster/postmaster.pid" ]; then
        as_postgres "$postgres/pg_ctl" -D "$cluster" -m fast -w stop >/dev/null || true
    fi
    [ -z "$socket" ] || rm -rf "$socket"
    rm -f "$dir/socket"
}

start_database() {
    # The path of a socket may have 107 bytes, which a folder deep in a home already exceeds.
    local socket
    socket=$(mktemp -d /tmp/upgradedesk-practice.XXXXXX)
    printf '%s\n' "$socket" >"$dir/socket"
    if [ ! -d "$cluster" ]; then
        mkdir -m 700 "$cluster"
        [ "$(id -u)" -ne 0 ] || chown postgres "$cluster"
        as_postgres "$postgres/initdb" -D "$cluster" -U hub -E UTF8 --locale=C.UTF-8 --auth=trust >/dev/null
    fi
    # Only this user, and postgres where this is root, may come near the socket.
    [ "$(id -u)" -ne 0 ] || chown postgres "$socket"
    as_postgres "$postgres/pg_ctl" -D "$cluster" -l "$cluster/log" -w start >/dev/null \
        -o "-c listen_addresses= -c unix_socket_directories=$socket" || give_up "PostgreSQL does not start: $cluster/log"
    as_postgres "$postgres/psql" -qtAX -h "$socket" -U hub -d postgres -c "SELECT 1 FROM pg_database WHERE datname = 'hub'" |
        grep -q 1 || as_postgres "$postgres/createdb" -h "$socket" -U hub hub
    say "PostgreSQL runs in $cluster"
}

configure_hub() {
    # The port stays: it is in what the desk was told when it enrolled.
    [ -f "$dir/ports" ] || printf '%s %s\n' "$(free_port)" "$(free_port)" >"$dir/ports"
    read -r port admin <"$dir/ports"
    cat >"$dir/hub.json" <<JSON
{
  "hub": "practice",
  "hosts": ["localhost", "127.0.0.1"],
  "listen": "127.0.0.1:$port",
  "admin": "127.0.0.1:$admin",
  "database": "host=$(cat "$dir/socket") user=hub dbname=hub",
  "keys": "keys"
}
JSON
}

start_hub() {
    configure_hub
    hub=("$bin/upgradehub" --config "$dir/hub.json")
    "${hub[@]}" init --practice >"$dir/init.log" 2>&1 || { cat "$dir/init.log"; give_up "the practice hub cannot be made"; }
    if [ ! -f "$dir/operator" ]; then
        printf '135790\n' | "${hub[@]}" operator add 9001 --name "测试员01" --role supervisor --station P01 >/dev/null
        touch "$dir/operator"
    fi
    setsid "${hub[@]}" serve >>"$dir/hub.log" 2>&1 </dev/null &
    printf '%s\n' $! >"$dir/hub.pid"
    for ((i = 0; i < 100; i++)); do
        if python3 -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$admin/readyz', timeout=1)" 2>/dev/null; then
            say "the practice hub serves https://localhost:$port"
            return
        fi
        kill -0 "$(cat "$dir/hub.pid")" 2>/dev/null || break
        sleep 0.1
    done
    tail -3 "$dir/hub.log"
    give_up "the practice hub does not get ready: $dir/hub.log"
}

# The people of the README, who do not exist: their tests were yesterday and a week ago.
import_health() {
    local now
    now=$(TZ=Asia/Shanghai date +%FT%T+08:00)
    {
        echo docKind,docNumber,level,testDay,asOf
        echo "resident,11010219020304004X,normal,$(TZ=Asia/Shanghai date -d yesterday +%F),$now"
        echo "resident,110102190203040066,normal,$(TZ=Asia/Shanghai date -d '7 days ago' +%F),$now"
    } >"$dir/health.csv"
    "${hub[@]}" health import "$dir/health.csv" >/dev/null || give_up "the results of the practice passengers"
}

enrol_desk() {
    # The folder alone may be what an enrolment that failed has left.
    if [ ! -f "$dir/desk/provisioning.json" ]; then
        local code
        code=$("${hub[@]}" --json desk invite --station P01 --name "1 号台" |
            python3 -c 'import json, sys; print(json.load(sys.stdin)["code"])')
        "$bin/deskctl" --practice --data "$dir/desk" enrol --hub "https://localhost:$port" --code "$code" | sed 's/^/    /'
    fi
    say "the practice desk is $dir/desk: operator 9001, PIN 135790"
}

case ${1:-} in
start)
    bin=$(realpath "$2")
    mkdir -p "$3"
    dir=$(realpath "$3")
    locate_cluster
    stop
    start_database
    start_hub
    import_health
    enrol_desk
    ;;
stop)
    dir=$(realpath "$2")
    locate_cluster
    stop
    ;;
remove)
    [ -d "$2" ] || exit 0
    dir=$(realpath "$2")
    locate_cluster
    stop
    rm -rf "$cluster" "$dir"
    ;;
*)
    sed -n '2,4s/^# //p' "$0" >&2
    exit 2
    ;;
esac
