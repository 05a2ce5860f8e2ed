#!/bin/sh
# Becomes PostgreSQL with TLS: its arguments are the command that starts the server. Compose, `npm run stack` and the tests all start
# PostgreSQL with this script. Variables:
#
#   POSTGRES_TLS_CERTIFICATE  the server's certificate, PEM
#   POSTGRES_TLS_KEY          its key
#   POSTGRES_TLS_DIR          writable folder for a copy of the key, which PostgreSQL wants to own
set -eu

here=$(cd "$(dirname "$0")" && pwd)
(
    umask 077
    mkdir -p "$POSTGRES_TLS_DIR"
    # `cp` would keep the rights of a copy of an earlier start.
    rm -f "$POSTGRES_TLS_DIR/key.pem"
    cp "$POSTGRES_TLS_KEY" "$POSTGRES_TLS_DIR/key.pem"
)
exec "$@" \
    -c ssl=on \
    -c ssl_min_protocol_version=TLSv1.2 \
    -c ssl_cert_file="$POSTGRES_TLS_CERTIFICATE" \
    -c ssl_key_file="$POSTGRES_TLS_DIR/key.pem" \
    -c hba_file="$here/pg_hba.conf"
