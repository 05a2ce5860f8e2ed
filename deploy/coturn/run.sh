#!/bin/sh
# Adds what differs between sites to turnserver.conf, and becomes coturn. Compose and the tests all start coturn with this
# script. Variables and their defaults:
#
#   TURN_SECRET         the secret that signaling has as well; required
#   TURN_LISTEN_IP      addresses on which coturn accepts clients               0.0.0.0
#   TURN_RELAY_IP       the IPv4 address from which media leaves this machine; required unless TURN_LISTEN_IP is one address
#   TURN_EXTERNAL_IP    the public address of TURN_RELAY_IP, if a NAT is between
#   TURN_ALLOWED_PEERS  addresses and names of the media nodes; relays to every other address are refused. If empty, relays lead
#                       nowhere. A relay has an IPv4 address, so IPv6 addresses in this list have no effect
#   TURN_PORT           UDP and TCP                                             3478
#   TURN_TLS_PORT       TLS over TCP; if it is not set, there is no TLS
#   TURN_CERTIFICATE, TURN_CERTIFICATE_KEY   PEM files, required with TURN_TLS_PORT
#   TURN_MIN_PORT, TURN_MAX_PORT             ports of relays                    61000 to 64999
#                       relay-ports.sh knows relays by them, so the system must not give them to other programs
#   TURN_USER_QUOTA     relays of one name that signaling gives, which stands for an address and some of its rooms     100
#   TURN_TOTAL_QUOTA    relays of all together                                  4000
#   TURN_MAX_BPS        bytes a second of one relay, in each direction          3000000
#   TURN_REALM                                                                  parley
#   TURN_DIR            writable folder                                         /run/turn
#
# Lists are separated by commas or blanks.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
TURN_DIR=${TURN_DIR:-/run/turn}
TURN_LISTEN_IP=${TURN_LISTEN_IP:-0.0.0.0}
TURN_RELAY_IP=${TURN_RELAY_IP:-}
TURN_EXTERNAL_IP=${TURN_EXTERNAL_IP:-}
TURN_ALLOWED_PEERS=${TURN_ALLOWED_PEERS:-}
TURN_PORT=${TURN_PORT:-3478}
TURN_TLS_PORT=${TURN_TLS_PORT:-}
TURN_MIN_PORT=${TURN_MIN_PORT:-61000}
TURN_MAX_PORT=${TURN_MAX_PORT:-64999}
TURN_USER_QUOTA=${TURN_USER_QUOTA:-100}
TURN_TOTAL_QUOTA=${TURN_TOTAL_QUOTA:-4000}
TURN_MAX_BPS=${TURN_MAX_BPS:-3000000}
TURN_REALM=${TURN_REALM:-parley}

if [ -z "$TURN_RELAY_IP" ]; then
    case $TURN_LISTEN_IP in
        0.0.0.0 | *[!0-9.]*) ;;
        *) TURN_RELAY_IP=$TURN_LISTEN_IP ;;
    esac
fi

problems=''

problem() {
    problems="$problems
  $1"
}

words() {
    printf '%s' "$1" | tr ',' ' '
}

check() {
    eval "value=\$$1"
    for word in $(words "$value"); do
        printf '%s' "$word" | grep -Eqx "$2" || problem "$1: \"$word\" is not $3"
    done
}

check TURN_LISTEN_IP '[0-9a-fA-F.:]+' 'an address'
for name in TURN_RELAY_IP TURN_EXTERNAL_IP; do check $name '[0-9.]+' 'an IPv4 address'; done
check TURN_ALLOWED_PEERS '[0-9.]+(-[0-9.]+)?|[0-9a-fA-F]*:[0-9a-fA-F:.]+|[A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9-]*' 'an address, a range of IPv4 addresses or a host name'
allowed_peers=''
for word in $(words "$TURN_ALLOWED_PEERS"); do
    case $word in
        *:*) ;;
        *[A-Za-z]*)
            found=$(getent ahostsv4 "$word" | while read -r address rest; do echo "$address"; done | sort -u)
            [ -n "$found" ] || problem "TURN_ALLOWED_PEERS: the host name \"$word\" has no IPv4 address"
            allowed_peers="$allowed_peers $found" ;;
        *) allowed_peers="$allowed_peers $word" ;;
    esac
done
for name in TURN_PORT TURN_TLS_PORT TURN_MIN_PORT TURN_MAX_PORT; do check $name '[0-9]+' 'a port'; done
# 0 would mean "no limit" to coturn.
for name in TURN_USER_QUOTA TURN_TOTAL_QUOTA TURN_MAX_BPS; do check $name '[1-9][0-9]*' 'a number from 1'; done
check TURN_REALM '[A-Za-z0-9.-]+' 'a realm'
[ -n "$TURN_RELAY_IP" ] || problem 'TURN_RELAY_IP is not set: which address of this machine does media leave from?'
case ${TURN_SECRET:-} in
    '') problem 'TURN_SECRET is not set' ;;
    *[!A-Za-z0-9+/=_-]*) problem 'TURN_SECRET may hold letters, digits and +/=_- only' ;;
    ????????????????*) ;;
    *) problem 'TURN_SECRET must have at least 16 characters' ;;
esac
if [ -n "$TURN_TLS_PORT" ]; then
    for name in TURN_CERTIFICATE TURN_CERTIFICATE_KEY; do
        eval "value=\${$name:-}"
        if [ -z "$value" ]; then problem "$name is not set, but TURN_TLS_PORT is"
        elif [ ! -r "$value" ]; then problem "$name: $value cannot be read"; fi
    done
fi
if [ -n "$problems" ]; then
    printf 'The TURN server cannot start: its configuration is wrong.%s\n' "$problems" >&2
    exit 1
fi

write_site() {
    cat "$here/turnserver.conf"
    echo "static-auth-secret=$TURN_SECRET"
    echo "realm=$TURN_REALM"
    echo "listening-port=$TURN_PORT"
    for address in $(words "$TURN_LISTEN_IP"); do echo "listening-ip=$address"; done
    echo "relay-ip=$TURN_RELAY_IP"
    [ -z "$TURN_EXTERNAL_IP" ] || echo "external-ip=$TURN_EXTERNAL_IP/$TURN_RELAY_IP"
    for address in $allowed_peers; do echo "allowed-peer-ip=$address"; done
    echo "user-quota=$TURN_USER_QUOTA"
    echo "total-quota=$TURN_TOTAL_QUOTA"
    echo "max-bps=$TURN_MAX_BPS"
    echo "min-port=$TURN_MIN_PORT"
    echo "max-port=$TURN_MAX_PORT"
    echo "pidfile=$TURN_DIR/turnserver.pid"
    echo "userdb=$TURN_DIR/turn.db"
    echo 'no-dtls'
    if [ -n "$TURN_TLS_PORT" ]; then
        echo "tls-listening-port=$TURN_TLS_PORT"
        echo "cert=$TURN_CERTIFICATE"
        echo "pkey=$TURN_CERTIFICATE_KEY"
    else
        echo 'no-tls'
    fi
}

# Only this user may read the file with the secret. The secret is never on a command line, which every user may read.
umask 077
mkdir -p "$TURN_DIR"
write_site >"$TURN_DIR/turnserver.conf"
unset TURN_SECRET
exec turnserver -c "$TURN_DIR/turnserver.conf"
