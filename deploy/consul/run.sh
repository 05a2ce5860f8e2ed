#!/bin/sh
# Becomes Consul with server.json and access control: who has no token is refused. Compose, `npm run stack` and the tests all start Consul
# with this script. Its arguments are those of `consul agent`. Variables and their defaults:
#
#   CONSUL_MANAGEMENT_TOKEN  a UUID: may do everything; makes the accounts of the services (services/common/src/discovery/consul-access.ts)
#   CONSUL_AGENT_TOKEN       a UUID: Consul's own account
#   CONSUL_TLS_CERTIFICATE   its certificate, PEM: with it the API speaks TLS alone. Without it, and without TLS, tokens are sent in clear text
#   CONSUL_TLS_KEY           the key of that certificate
#   CONSUL_PORT              the port of the API                                                     8500
#   CONSUL_DIR               writable folder                                                          /consul/data
#   CONSUL_BIN               the program                                                              consul
#
# Nothing outlives Consul: after a restart it is empty, the accounts are made and the services register again.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
CONSUL_DIR=${CONSUL_DIR:-/consul/data}
CONSUL_BIN=${CONSUL_BIN:-consul}
CONSUL_PORT=${CONSUL_PORT:-8500}
CONSUL_TLS_CERTIFICATE=${CONSUL_TLS_CERTIFICATE:-}
CONSUL_TLS_KEY=${CONSUL_TLS_KEY:-}

for name in CONSUL_MANAGEMENT_TOKEN CONSUL_AGENT_TOKEN; do
    eval "value=\${$name:-}"
    if ! printf '%s' "$value" | grep -Eqx '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'; then
        echo "Consul cannot start: $name must be a UUID, as 5b7a4f0e-0000-4000-8000-000000000001" >&2
        exit 1
    fi
done

version=$("$CONSUL_BIN" version)
# Version 1.11 gave the setting another name.
case $version in
    *"Consul v1."[0-9].* | *"Consul v1.10."*) management=master ;;
    *) management=initial_management ;;
esac

if [ -z "$CONSUL_TLS_CERTIFICATE$CONSUL_TLS_KEY" ]; then
    listener="\"ports\": {\"http\": $CONSUL_PORT, \"https\": -1}"
else
    for name in CONSUL_TLS_CERTIFICATE CONSUL_TLS_KEY; do
        eval "value=\$$name"
        if [ ! -r "$value" ]; then
            echo "Consul cannot start: $name must be a file that Consul can read, not \"$value\"" >&2
            exit 1
        fi
    done
    listener="\"ports\": {\"http\": -1, \"https\": $CONSUL_PORT}"
    files="\"cert_file\": \"$CONSUL_TLS_CERTIFICATE\", \"key_file\": \"$CONSUL_TLS_KEY\""
    # Version 1.12 gave these settings another place.
    case $version in
        *"Consul v1."[0-9].* | *"Consul v1.1"[01].*) listener="$listener, $files, \"tls_min_version\": \"tls12\"" ;;
        *) listener="$listener, \"tls\": {\"https\": {$files, \"tls_min_version\": \"TLSv1_2\"}}" ;;
    esac
fi

# Only this user may read the file with the tokens. They are on no command line, which every user may read.
umask 077
rm -rf "$CONSUL_DIR/state"
mkdir -p "$CONSUL_DIR/state"
printf '{"acl": {"tokens": {"%s": "%s", "agent": "%s"}}, %s}\n' \
    "$management" "$CONSUL_MANAGEMENT_TOKEN" "$CONSUL_AGENT_TOKEN" "$listener" >"$CONSUL_DIR/tokens.json"
unset CONSUL_MANAGEMENT_TOKEN CONSUL_AGENT_TOKEN
exec "$CONSUL_BIN" agent -config-file="$here/server.json" -config-file="$CONSUL_DIR/tokens.json" -data-dir="$CONSUL_DIR/state" "$@"
