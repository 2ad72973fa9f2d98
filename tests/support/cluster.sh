#!/bin/bash
# cluster.sh start FILE | stop FILE: a PostgreSQL cluster of our own in a temporary folder, whose path FILE then holds.
# Socket without a password for tests, loopback port with one (user hub, password synthetic). The system's clusters are
# never touched. Durable as in service: fsync and synchronous_commit stay on.
set -euo pipefail
file=$2
exec 9>"$file.lock"
flock 9
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
[ -n "$bin" ] || { echo "PostgreSQL is not installed: apt-get install postgresql" >&2; exit 1; }
as_postgres() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

case $1 in
start)
    if [ -f "$file" ] && [ -S "$(cat "$file")/.s.PGSQL.$(cat "$(cat "$file")/port")" ]; then exit 0; fi
    folder=$(mktemp -d /tmp/upgradehub-test.XXXXXX)
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    echo "$port" >"$folder/port"
    echo synthetic >"$folder/password"
    [ "$(id -u)" -ne 0 ] || chown -R postgres "$folder"
    chmod 755 "$folder"
    as_postgres "$bin/initdb" -D "$folder/data" -U hub -E UTF8 --locale=C.UTF-8 --no-sync \
        --auth-local=trust --auth-host=scram-sha-256 --pwfile="$folder/password" >/dev/null
    as_postgres "$bin/pg_ctl" -D "$folder/data" -l "$folder/log" -w start 9>&- >/dev/null \
        -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder -c log_statement=all -c max_connections=200"
    echo "$folder" >"$file"
    ;;
stop)
    [ -f "$file" ] || exit 0
    folder=$(cat "$file")
    as_postgres "$bin/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null || true
    rm -rf "$folder" "$file"
    ;;
esac
