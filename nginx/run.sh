#!/bin/sh
# Writes what differs per site and becomes nginx. Every way to run the edge goes through here: compose, `npm run stack`, tests.
#
#   EDGE_DIR              writable folder for the configuration in use, the pid and temporary files   /run/edge
#   EDGE_HTTP             addresses for http                                                          0.0.0.0:8080
#   EDGE_HTTPS            addresses for https; without, there is http only
#   EDGE_CERTIFICATE      PEM file with the chain, needed with EDGE_HTTPS
#   EDGE_CERTIFICATE_KEY  PEM file with its key
#   EDGE_HTTP_SERVES      "yes" answers over http as over https, for browsers that take localhost for safe; otherwise http redirects
#   EDGE_NAMES            host names that are answered; without, all are
#   EDGE_HTTPS_PORT       the port of https as people write it, for the redirect from http            443
#   EDGE_OPERATORS        networks that may see /logs/ and /grafana/                                  loopback and private
#   EDGE_WORKERS          processes that serve                                                        auto
#   UI_ADDRESSES, GATEWAY_ADDRESSES, SIGNALING_ADDRESSES, LOGS_ADDRESSES, GRAFANA_ADDRESSES
#                         host:port of each instance; for a name, every address that it has counts, and it is asked again
#   LOG_DIR               also writes the log into files there, as the services do
#   LOG_FILE_MAX_MB       a larger log file is finished and a new one begun                           32
#   LOG_SERVICE_MAX_MB    what all its log files take together                                        1024
#
# Lists are separated by commas or blanks. `run.sh --test` checks everything and starts nothing.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
EDGE_DIR=${EDGE_DIR:-/run/edge}
EDGE_HTTP=${EDGE_HTTP:-0.0.0.0:8080}
EDGE_HTTPS=${EDGE_HTTPS:-}
EDGE_HTTP_SERVES=${EDGE_HTTP_SERVES:-no}
EDGE_NAMES=${EDGE_NAMES:-}
EDGE_HTTPS_PORT=${EDGE_HTTPS_PORT:-443}
EDGE_OPERATORS=${EDGE_OPERATORS:-127.0.0.0/8 ::1 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7}
EDGE_WORKERS=${EDGE_WORKERS:-auto}
UI_ADDRESSES=${UI_ADDRESSES:-ui:3000}
GATEWAY_ADDRESSES=${GATEWAY_ADDRESSES:-gateway:4000}
SIGNALING_ADDRESSES=${SIGNALING_ADDRESSES:-signaling:5000}
LOGS_ADDRESSES=${LOGS_ADDRESSES:-logs:9000}
GRAFANA_ADDRESSES=${GRAFANA_ADDRESSES:-grafana:3000}
LOG_FILE_MAX_MB=${LOG_FILE_MAX_MB:-32}
LOG_SERVICE_MAX_MB=${LOG_SERVICE_MAX_MB:-1024}

# A host name's addresses change when its containers do.
WATCH_INTERVAL_S=1

# The times in the log are UTC.
export TZ=UTC

say() {
    printf '{"level":"%s","time":"%s","service":"nginx","pid":%s,"msg":"%s"}\n' "$1" "$(date +%Y-%m-%dT%H:%M:%S.000Z)" $$ "$2"
}

words() {
    printf '%s' "$1" | tr ',' ' '
}

# -- checks ----------------------------------------------------------------------------------------------------------------

problems=''

problem() {
    problems="$problems
  $1"
}

# Each word of a variable has to be of this form; nothing else can get into the configuration.
check() {
    name=$1 form=$2 what=$3
    eval "value=\$$name"
    for word in $(words "$value"); do
        printf '%s' "$word" | grep -Eqx "$form" || problem "$name: \"$word\" is not $what"
    done
}

check_all() {
    for name in EDGE_HTTP EDGE_HTTPS; do check $name '([0-9.]+|\[[0-9a-fA-F:.]+\]):[0-9]+' 'an address and port, as 0.0.0.0:8443'; done
    for name in UI GATEWAY SIGNALING LOGS GRAFANA; do
        check ${name}_ADDRESSES '([A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\]):[0-9]+' 'a host and port, as signaling:5000'
    done
    check EDGE_NAMES '(\*\.)?[A-Za-z0-9.-]+' 'a host name'
    check EDGE_OPERATORS '[0-9a-fA-F:.]+(/[0-9]+)?' 'a network, as 10.0.0.0/8'
    for name in EDGE_HTTPS_PORT LOG_FILE_MAX_MB LOG_SERVICE_MAX_MB; do check $name '[0-9]+' 'a number'; done
    check EDGE_WORKERS '[0-9]+|auto' 'a number or auto'
    check EDGE_HTTP_SERVES 'yes|no' 'yes or no'
    [ -z "$EDGE_HTTPS" ] || check_certificate
    [ -z "$problems" ] && return
    printf 'The edge cannot start: its configuration is wrong.%s\n' "$problems" >&2
    exit 1
}

check_certificate() {
    for name in EDGE_CERTIFICATE EDGE_CERTIFICATE_KEY; do
        eval "value=\${$name:-}"
        case $value in
            '') problem "$name is not set, but EDGE_HTTPS is" ;;
            /*) [ -r "$value" ] || problem "$name: $value cannot be read" ;;
            *) problem "$name must be an absolute path" ;;
        esac
        case $value in *[\;\{\}\"\'\$\\]* | *' '*) problem "$name: the path has characters that it may not have" ;; esac
    done
}

# -- the site's files ------------------------------------------------------------------------------------------------------

# Every address of "host:port", one a line. Of a name that cannot be found now, those that it had: when the DNS is away, the
# services are mostly not.
resolve() {
    host=${1%:*} port=${1##*:}
    case $host in
        \[* | *[!0-9.]*) ;;
        *) printf '%s:%s\n' "$host" "$port"; return ;;
    esac
    case $host in \[*) printf '%s:%s\n' "$host" "$port"; return ;; esac
    found=$(getent ahostsv4 "$host" 2>/dev/null | while read -r address rest; do printf '%s:%s\n' "$address" "$port"; done | sort -u)
    if [ -n "$found" ]; then printf '%s\n' "$found" | tee "$known/$1"; else cat "$known/$1" 2>/dev/null || true; fi
}

# upstream NAME ADDRESSES [FIRST LINES]
upstream() {
    printf 'upstream %s {\n    zone %s 64k;\n%s' "$1" "$1" "${3:-}"
    servers=$(for word in $(words "$2"); do resolve "$word" || exit; done) || return
    # One that fails is left alone for a while: who comes next does not wait for it. A short while, because when each has
    # failed once nobody is served until it is over.
    for server in $servers; do printf '    server %s max_fails=1 fail_timeout=2s;\n' "$server"; done
    [ -n "$servers" ] || printf '    server 127.0.0.1:1 down;\n'
    # Shorter than the services keep an idle connection, so that none is closed under a request.
    printf '    keepalive 32;\n    keepalive_timeout 4s;\n}\n'
}

write_upstreams() {
    {
        upstream ui "$UI_ADDRESSES" &&
            upstream gateway "$GATEWAY_ADDRESSES" &&
            upstream signaling_any "$SIGNALING_ADDRESSES" '    least_conn;
' &&
            upstream signaling_sticky "$SIGNALING_ADDRESSES" '    hash $arg_k consistent;
' &&
            upstream logs "$LOGS_ADDRESSES" &&
            upstream grafana "$GRAFANA_ADDRESSES"
    } >"$1"
}

# Besides the one that serves: from http to https, and for names that are not ours.
write_servers() {
    if [ -n "$EDGE_HTTPS" ] && [ "$EDGE_HTTP_SERVES" != yes ]; then redirect_server; fi
    [ -z "$EDGE_NAMES" ] || stranger_server
}

redirect_server() {
    port=":$EDGE_HTTPS_PORT"
    [ "$port" = :443 ] && port=''
    echo 'server {'
    for address in $(words "$EDGE_HTTP"); do echo "    listen $address;"; done
    [ -z "$EDGE_NAMES" ] || echo "    server_name $(words "$EDGE_NAMES");"
    echo "    location / { return 308 https://\$host$port\$request_uri; }"
    echo '}'
}

stranger_server() {
    echo 'server {'
    for address in $(words "$EDGE_HTTP"); do echo "    listen $address default_server;"; done
    for address in $(words "$EDGE_HTTPS"); do echo "    listen $address ssl http2 default_server;"; done
    echo '    server_name "";'
    [ -z "$EDGE_HTTPS" ] || echo '    ssl_reject_handshake on;'
    # 421: misdirected request.
    echo '    location / { return 421; }'
    echo '}'
}

write_listen() {
    if [ -n "$EDGE_HTTPS" ]; then
        for address in $(words "$EDGE_HTTPS"); do echo "listen $address ssl http2;"; done
        echo "ssl_certificate $EDGE_CERTIFICATE;"
        echo "ssl_certificate_key $EDGE_CERTIFICATE_KEY;"
    fi
    if [ -z "$EDGE_HTTPS" ] || [ "$EDGE_HTTP_SERVES" = yes ]; then
        for address in $(words "$EDGE_HTTP"); do echo "listen $address;"; done
    fi
    [ -z "$EDGE_NAMES" ] || echo "server_name $(words "$EDGE_NAMES");"
}

write_operators() {
    for network in $(words "$EDGE_OPERATORS"); do echo "allow $network;"; done
    echo 'deny all;'
}

write_access_logs() {
    # Opening it waits for a reader, which a test has not.
    if [ -n "$is_test" ]; then echo 'access_log off;'; return; fi
    echo 'access_log run/access-log json if=$is_logged;'
    [ -z "${LOG_DIR:-}" ] || echo "access_log $log_file json buffer=64k flush=100ms if=\$is_logged;"
}

write_site() {
    umask 027
    mkdir -p "$EDGE_DIR/run" "$EDGE_DIR/conf/site"
    # What an earlier run knew may be somebody else's address by now.
    rm -rf "$EDGE_DIR/conf/snippets" "$known"
    mkdir "$known"
    cp -r "$here/nginx.conf" "$here/snippets" "$EDGE_DIR/conf/"
    # nginx opens its log by name, which /dev/stdout allows for some kinds of standard output only.
    rm -f "$EDGE_DIR/run/access-log"
    mkfifo "$EDGE_DIR/run/access-log"
    if [ -n "${LOG_DIR:-}" ]; then mkdir -p "$LOG_DIR/nginx"; fi
    write_upstreams "$site/upstreams.conf"
    write_servers >"$site/servers.conf"
    write_listen >"$site/listen.conf"
    write_operators >"$site/operators.conf"
    write_access_logs >"$site/access-logs.conf"
}

# -- beside nginx ----------------------------------------------------------------------------------------------------------

rotate_log() {
    [ -n "${LOG_DIR:-}" ] && [ -f "$log_file" ] || return 0
    [ "$(wc -c <"$log_file")" -ge $((LOG_FILE_MAX_MB * 1048576)) ] || return 0
    mv "$log_file" "${log_file%.ndjson}.$(date +%Y%m%dT%H%M%S)000Z.ndjson"
    # Workers of another user could not open a file below a private folder, but are handed one by a reload.
    if [ "$(id -u)" = 0 ]; then kill -HUP $$; else kill -USR1 $$; fi
    ls -1t "$LOG_DIR"/nginx/*.ndjson | tail -n +$((LOG_SERVICE_MAX_MB / LOG_FILE_MAX_MB + 1)) | while read -r old; do rm -f "$old"; done
}

follow_names() {
    write_upstreams "$site/upstreams.next" || return
    cmp -s "$site/upstreams.next" "$site/upstreams.conf" && return
    mv "$site/upstreams.next" "$site/upstreams.conf"
    say info 'addresses of services changed'
    kill -HUP $$
}

# Where no process can be started, the shell would end at the first one that it tries to start; "command eval" returns instead.
survive() {
    command eval "$1" 2>/dev/null && return
    # Not to try again at once. A sleep would be a process.
    count=0
    while [ $count -lt 200000 ]; do count=$((count + 1)); done
}

# Whether nginx, whose process is the one that this script was, runs. Its children are we and its workers.
serves() {
    children=''
    read -r children 2>/dev/null <"/proc/$$/task/$$/children" || true
    [ -n "$children" ]
}

# Runs for as long as nginx.
watch() {
    # Open for writing as well, so that it never comes to an end while nginx opens the log anew.
    cat <>"$EDGE_DIR/run/access-log" &
    printer=$!
    exec 3>&2
    while serves; do
        survive '( follow_names || true; rotate_log || true ) 2>&3'
        survive "sleep $WATCH_INTERVAL_S"
    done
    # Workers outlive a master that was killed. What has the log open is one of ours.
    left=$(find -L /proc/[0-9]*/fd -maxdepth 1 -samefile "$EDGE_DIR/run/access-log" 2>/dev/null | cut -d/ -f3 | sort -u)
    for pid in $printer $left; do kill -TERM "$pid" 2>/dev/null || true; done
}

# --------------------------------------------------------------------------------------------------------------------------

site=$EDGE_DIR/conf/site
known=$EDGE_DIR/run/known
log_file=${LOG_DIR:-}/nginx/$(uname -n)-$$.ndjson
check_all
case ${1:-} in --test) is_test=-t ;; *) is_test='' ;; esac
write_site
globals="worker_processes $EDGE_WORKERS;"
# nginx started by root serves as somebody who may do nothing.
if [ "$(id -u)" = 0 ]; then globals="$globals user nobody $(id -gn nobody);"; fi
[ -n "$is_test" ] || watch &
exec nginx $is_test -p "$EDGE_DIR/" -c conf/nginx.conf -e stderr -g "$globals"
