#!/bin/sh
# Writes the configuration that differs between sites, and becomes nginx. Compose, `npm run stack` and the tests all start the
# edge with this script. Variables and their defaults:
#
#   EDGE_DIR              writable folder for the configuration in use, the pid and temporary files   /run/edge
#   EDGE_HTTP             addresses for http                                                          0.0.0.0:8080
#   EDGE_HTTPS            addresses for https; if it is not set, there is http only
#   EDGE_CERTIFICATE      PEM file with the chain, needed with EDGE_HTTPS; nginx reloads when it changes
#   EDGE_CERTIFICATE_KEY  PEM file with its key
#   EDGE_ACME_DIR         folder of a client that gets certificates (deploy/acme): its .well-known/acme-challenge/ is served, and its
#                         certificate.pem and key.pem are used instead of the two above once they are there
#   EDGE_HTTP_SERVES      "yes" serves the same over http as over https (browsers treat localhost as secure); otherwise http redirects
#   EDGE_TRUSTED_PROXIES  addresses and networks of proxies before the edge. What they say about the visitor is believed: address
#                         (X-Forwarded-For), scheme and host. If such a proxy says https, http serves. If not set, nobody is believed.
#                         The word "gateway" is the gateway of a container's network: there a proxy on the same machine comes from
#   EDGE_PROXY_PROTOCOL   "yes" if these proxies speak the PROXY protocol instead of headers
#   EDGE_NAMES            host names that are answered, as call.example.org or *.example.org, besides addresses and localhost. The names
#                         in the certificate are answered without being listed, unless a proxy ends TLS
#   EDGE_HTTPS_PORT       the port of https in public addresses, for the redirect from http           443
#   EDGE_TURN             host:port of a TURN server over TCP, which then has the port of https too: what is not https there goes to it.
#                         Not with EDGE_TRUSTED_PROXIES: only https comes through a proxy
#   EDGE_TURN_NAMES       names of this machine in the certificate under which TURN comes with TLS on the port of https
#   EDGE_OPERATORS        networks that may see /logs/ and /grafana/      loopback and private, without the gateway; behind a proxy nobody
#   EMBED_ORIGINS         origins whose pages may show ours in a frame; the UI needs the same
#   EDGE_WORKERS          processes that serve                                                        auto
#   UI_ADDRESSES, GATEWAY_ADDRESSES, SIGNALING_ADDRESSES, LOGS_ADDRESSES, GRAFANA_ADDRESSES
#                         host:port of each instance; a name stands for all its addresses and is resolved again every second
#   LOG_DIR               folder where the log is also written into files, as the services do
#   LOG_FILE_MAX_MB       size at which a new log file is begun                                       32
#   LOG_SERVICE_MAX_MB    size of all log files together, beyond which the oldest are removed         1024
#   LOG_TROUBLE_MAX_MB    the same for the files with the lines of level warn, which are apart        256
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
# Compose passes what it publishes, which may begin with an address.
EDGE_HTTPS_PORT=${EDGE_HTTPS_PORT##*:}
EDGE_OPERATORS=${EDGE_OPERATORS:-}
EDGE_TRUSTED_PROXIES=${EDGE_TRUSTED_PROXIES:-}
EDGE_PROXY_PROTOCOL=${EDGE_PROXY_PROTOCOL:-no}
EDGE_ACME_DIR=${EDGE_ACME_DIR:-}
EMBED_ORIGINS=${EMBED_ORIGINS:-}
EDGE_TURN=${EDGE_TURN:-}
EDGE_TURN_NAMES=${EDGE_TURN_NAMES:-}
EDGE_WORKERS=${EDGE_WORKERS:-auto}
UI_ADDRESSES=${UI_ADDRESSES:-ui:3000}
GATEWAY_ADDRESSES=${GATEWAY_ADDRESSES:-gateway:4000}
SIGNALING_ADDRESSES=${SIGNALING_ADDRESSES:-signaling:5000}
LOGS_ADDRESSES=${LOGS_ADDRESSES:-logs:9000}
GRAFANA_ADDRESSES=${GRAFANA_ADDRESSES:-grafana:3000}
LOG_FILE_MAX_MB=${LOG_FILE_MAX_MB:-32}
LOG_SERVICE_MAX_MB=${LOG_SERVICE_MAX_MB:-1024}
LOG_TROUBLE_MAX_MB=${LOG_TROUBLE_MAX_MB:-256}

# How often names are resolved again: the addresses of a name change with its containers.
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

# check NAME PATTERN DESCRIPTION: each word of the variable has to match, so that nothing else gets into the configuration.
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
    check EDGE_NAMES '(\*\.)?[A-Za-z0-9.-]+' 'a host name, with letters beyond a to z as browsers send them (xn--...)'
    network='([0-9]+(\.[0-9]+){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*)(/[0-9]+)?'
    check EDGE_OPERATORS "$network" 'a network, as 10.0.0.0/8'
    check EDGE_TRUSTED_PROXIES "$network|gateway" 'a network, as 10.0.0.0/8, or the word gateway'
    check EMBED_ORIGINS 'https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?' 'an origin, as https://www.example.org'
    for name in EDGE_HTTPS_PORT LOG_FILE_MAX_MB LOG_SERVICE_MAX_MB LOG_TROUBLE_MAX_MB; do check $name '[0-9]+' 'a number'; done
    check EDGE_WORKERS '[0-9]+|auto' 'a number or auto'
    for name in EDGE_HTTP_SERVES EDGE_PROXY_PROTOCOL; do check $name 'yes|no' 'yes or no'; done
    [ "$EDGE_PROXY_PROTOCOL" = no ] || [ -n "$EDGE_TRUSTED_PROXIES" ] ||
        problem 'EDGE_PROXY_PROTOCOL is set, but EDGE_TRUSTED_PROXIES is not: anybody could claim any address'
    case $EDGE_ACME_DIR in '' | /*) ;; *) problem 'EDGE_ACME_DIR must be an absolute path' ;; esac
    check_path EDGE_ACME_DIR "$EDGE_ACME_DIR"
    check_turn
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
            /*) [ -f "$value" ] && [ -r "$value" ] || problem "$name: $value cannot be read" ;;
            *) problem "$name must be an absolute path" ;;
        esac
        check_path $name "$value"
    done
}

check_path() {
    case $2 in *[\;\{\}\"\'\$\\]* | *' '*) problem "$1: the path has characters that it may not have" ;; esac
}

# -- the site's files ------------------------------------------------------------------------------------------------------

# Prints every address of "host:port", one on each line. If a name cannot be resolved now, prints the addresses that it had: an
# outage of the DNS rarely means that the services are away.
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

# An instance that fails once gets no requests for two seconds, so that later requests do not wait for it. The time is short because
# nginx serves nobody while every instance counts as failed.
short_requests='max_fails=1 fail_timeout=2s'
# nginx takes an instance for good again only when a request to it has ended well, and a WebSocket ends after hours: until then one
# request in two seconds would reach an instance that is back. So each request finds out by itself, which costs nothing where the
# instance has died and `proxy_connect_timeout` where its machine has. Nor does one failed request move the other sessions of an instance.
long_requests='max_fails=0'

# upstream NAME ADDRESSES FAILURES [FIRST LINES]
upstream() {
    printf 'upstream %s {\n    zone %s 64k;\n%s' "$1" "$1" "${4:-}"
    servers=$(for word in $(words "$2"); do resolve "$word" || exit; done) || return
    for server in $servers; do printf '    server %s %s;\n' "$server" "$3"; done
    [ -n "$servers" ] || printf '    server 127.0.0.1:1 down;\n'
    # Shorter than the services keep an idle connection. Otherwise a service could close one just as nginx sends a request on it.
    printf '    keepalive 32;\n    keepalive_timeout 4s;\n}\n'
}

write_upstreams() {
    {
        upstream ui "$UI_ADDRESSES" "$short_requests" &&
            upstream gateway "$GATEWAY_ADDRESSES" "$short_requests" &&
            upstream signaling_any "$SIGNALING_ADDRESSES" "$long_requests" '    least_conn;
' &&
            upstream signaling_sticky "$SIGNALING_ADDRESSES" "$long_requests" '    hash $arg_k consistent;
' &&
            upstream logs "$LOGS_ADDRESSES" "$short_requests" &&
            upstream grafana "$GRAFANA_ADDRESSES" "$short_requests"
    } >"$1"
}

# The server besides the main one: it ends TLS that asks for names which are not ours, and answers requests that have another name after
# that. http has no such server; there the main one answers.
write_servers() {
    [ -n "$EDGE_NAMES" ] && [ -n "$EDGE_HTTPS" ] || return 0
    echo 'server {'
    https_listeners | while read -r listener; do echo "    listen $listener default_server;"; done
    echo '    server_name "";'
    echo '    ssl_reject_handshake on;'
    # 421: misdirected request.
    echo '    default_type "text/plain; charset=utf-8";'
    echo '    location / { include snippets/own-headers.conf; return 421 "$detour_words\n"; }'
    echo '}'
}

write_listen() {
    for address in $(words "$EDGE_HTTP"); do echo "listen $address$proxy_protocol;"; done
    if [ -n "$EDGE_HTTPS" ]; then
        https_listeners | while read -r listener; do echo "listen $listener;"; done
        if shares_https; then echo 'set_real_ip_from unix:; real_ip_header proxy_protocol;'; fi
        echo 'include site/certificate.conf;'
        if [ "$EDGE_HTTP_SERVES" = no ]; then
            echo "if (\$detour = https) { return 308 https://\$redirect_host\$request_uri; }"
            echo 'if ($detour = unlisted) { return 421; }'
        fi
    fi
    [ -z "$EDGE_NAMES" ] || echo "server_name $(words "$EDGE_NAMES");"
    [ -z "$EDGE_ACME_DIR" ] || echo "location ^~ /.well-known/acme-challenge/ { root $EDGE_ACME_DIR; include snippets/acme-challenge.conf; }"
}

# A proxy that ends TLS does so at the usual port.
write_redirect() {
    port=":$EDGE_HTTPS_PORT"
    [ "$port" = :443 ] && port=''
    echo 'map "$proxy_before $visitor_host" $redirect_host {'
    echo '    "~^listed (?<bare_host>[^:\[]+|\[.*\])" $bare_host;'
    echo "    default \$host$port;"
    echo '}'
}

write_access_logs() {
    # nginx would open the pipe and wait for a reader, and with --test there is none.
    if [ -n "$is_test" ]; then echo 'access_log off;'; return; fi
    echo 'access_log run/access-log json if=$is_logged;'
    [ -n "${LOG_DIR:-}" ] || return 0
    echo "access_log $log_file json buffer=64k flush=100ms if=\$is_logged_as_usual;"
    echo "access_log $trouble_file json buffer=16k flush=100ms if=\$is_logged_as_trouble;"
}

write_site() {
    umask 027
    mkdir -p "$EDGE_DIR/run" "$EDGE_DIR/conf/site"
    # Addresses that an earlier run resolved may belong to another machine by now.
    rm -rf "$EDGE_DIR/conf/snippets" "$known"
    mkdir "$known"
    cp -r "$here/nginx.conf" "$here/snippets" "$EDGE_DIR/conf/"
    # nginx opens its log by name. /dev/stdout cannot be opened for every kind of standard output, so a pipe stands between.
    rm -f "$EDGE_DIR/run/access-log" "$EDGE_DIR/run/error-log"
    mkfifo "$EDGE_DIR/run/access-log" "$EDGE_DIR/run/error-log"
    if [ -n "${LOG_DIR:-}" ]; then mkdir -p "$LOG_DIR/nginx"; fi
    write_upstreams "$site/upstreams.conf"
    write_turn_upstream >"$site/turn-upstream.conf"
    write_modules >"$site/modules.conf"
    write_stream >"$site/stream.conf"
    write_servers >"$site/servers.conf"
    write_listen >"$site/listen.conf"
    write_trusted_proxies >"$site/trusted-proxies.conf"
    write_redirect >"$site/redirect.conf"
    write_operators >"$site/operators.conf"
    write_frames >"$site/frames.conf"
    write_certificate "$site/certificate.conf" "$site/certificate-signed.conf"
    write_names >"$site/names.conf"
    write_access_logs >"$site/access-logs.conf"
}

# -- beside nginx ----------------------------------------------------------------------------------------------------------

rotate_logs() {
    [ -n "${LOG_DIR:-}" ] || return 0
    rotate_log "$log_file" ndjson "$LOG_SERVICE_MAX_MB"
    rotate_log "$trouble_file" trouble.ndjson "$LOG_TROUBLE_MAX_MB"
}

# rotate_log FILE SUFFIX MAX_MB: finishes a file that is full, and removes the oldest files with this suffix.
rotate_log() {
    [ -f "$1" ] && [ "$(wc -c <"$1")" -ge $((LOG_FILE_MAX_MB * 1048576)) ] || return 0
    mv "$1" "${1%".$2"}.$(date +%Y%m%dT%H%M%S)000Z.$2"
    # If nginx runs as root, its workers are another user and could not open a file in a private folder. On a reload the master
    # opens the file and passes it to them.
    if [ "$(id -u)" = 0 ]; then kill -HUP $$; else kill -USR1 $$; fi
    kept=$(($3 / LOG_FILE_MAX_MB))
    ls -1t "$LOG_DIR"/nginx/*."$2" | if [ "$2" = ndjson ]; then grep -v '\.trouble\.ndjson$'; else cat; fi |
        tail -n +$((kept > 0 ? kept + 1 : 2)) | while read -r old; do rm -f "$old"; done
}

follow_names() {
    write_upstreams "$site/upstreams.next" || return
    write_turn_upstream >"$site/turn-upstream.next" || return
    cmp -s "$site/upstreams.next" "$site/upstreams.conf" &&
        cmp -s "$site/turn-upstream.next" "$site/turn-upstream.conf" && return
    for name in upstreams turn-upstream; do mv "$site/$name.next" "$site/$name.conf"; done
    say info 'addresses of services changed'
    kill -HUP $$
}

# If the system can start no more processes, the shell would exit at the first command. "command eval" returns instead.
survive() {
    command eval "$1" 2>/dev/null && return
    # Wait before the next try. "sleep" would need a process.
    count=0
    while [ $count -lt 200000 ]; do count=$((count + 1)); done
}

# Whether nginx still runs. nginx has the process of this script ($$), and its children are its workers and this watcher.
serves() {
    children=''
    read -r children 2>/dev/null <"/proc/$$/task/$$/children" || true
    [ -n "$children" ]
}

# Runs until nginx ends: follows names, rotates the log and prints it.
watch() {
    # The pipe is opened for writing as well, so that "cat" does not reach its end while nginx reopens the log.
    cat <>"$EDGE_DIR/run/access-log" &
    printers=$!
    # Messages about errors quote requests, and the code of a room stands in its links.
    sed -uE "s/$code/{code}/gI" <>"$EDGE_DIR/run/error-log" >&2 &
    printers="$printers $!"
    exec 3>&2
    while serves; do
        survive '( follow_names || true; follow_certificate || true; rotate_logs || true ) 2>&3'
        survive "sleep $WATCH_INTERVAL_S"
    done
    # If the master was killed, its workers still run. Every process that has the log open belongs to this nginx.
    left=$(find -L /proc/[0-9]*/fd -maxdepth 1 -samefile "$EDGE_DIR/run/access-log" 2>/dev/null | cut -d/ -f3 | sort -u)
    # The last words of nginx.
    survive 'sleep 0.2'
    for pid in $printers $left; do kill -TERM "$pid" 2>/dev/null || true; done
}

# Each connection is an open file, and the soft limit of a login is often 1024.
raise_file_limit() {
    wanted=$((1024 + $(sed -n 's/^ *worker_connections \([0-9]*\);$/\1/p' "$here/nginx.conf")))
    limit=$(ulimit -Sn)
    [ "$limit" != unlimited ] && [ "$limit" -lt $wanted ] || return 0
    # Only root may go above the hard limit.
    (ulimit -n $wanted) 2>/dev/null && ulimit -n $wanted && return
    hard=$(ulimit -Hn)
    if [ "$hard" = unlimited ] || [ "$hard" -ge $wanted ]; then ulimit -Sn $wanted; return; fi
    ulimit -Sn "$hard"
    say warn "each process may open $hard files only, and $wanted are needed for full load: raise the hard limit (ulimit -Hn)"
}

# --------------------------------------------------------------------------------------------------------------------------

site=$EDGE_DIR/conf/site
known=$EDGE_DIR/run/known
code='[a-hjkmnp-z02-9]{4}-[a-hjkmnp-z02-9]{4}-[a-hjkmnp-z02-9]{3}'
certificate_sums=$EDGE_DIR/run/certificate
proxy_protocol=''
[ "$EDGE_PROXY_PROTOCOL" = no ] || proxy_protocol=' proxy_protocol'
log_file=${LOG_DIR:-}/nginx/$(uname -n)-$$.ndjson
trouble_file=${LOG_DIR:-}/nginx/$(uname -n)-$$.trouble.ndjson
. "$here/visitors.sh"
. "$here/certificate.sh"
. "$here/turn.sh"
check_all
case ${1:-} in --test) is_test=-t ;; *) is_test='' ;; esac
write_site
globals="worker_processes $EDGE_WORKERS;"
# If root starts nginx, its workers run as a user without rights.
if [ "$(id -u)" = 0 ]; then globals="$globals user nobody $(id -gn nobody);"; fi
raise_file_limit
[ -n "$is_test" ] || watch &
errors=$EDGE_DIR/run/error-log
enter_doors
[ -n "$is_test" ] || exec 2>"$errors"
exec nginx $is_test -p "$EDGE_DIR/" -c conf/nginx.conf -e stderr -g "$globals"
