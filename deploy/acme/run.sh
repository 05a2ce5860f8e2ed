#!/bin/sh
# Gets a certificate with certbot and renews it, until it is stopped. The authority reads a proof at http://NAME/, from the folder
# that nginx/run.sh serves as EDGE_ACME_DIR; nginx uses the certificate that this script puts there. By starting it you accept the
# terms of the authority. Variables and their defaults:
#
#   ACME_NAMES       host names of the certificate, the first one is its name
#   ACME_EMAIL       where the authority may write to; if it is not set, nowhere
#   ACME_SERVER      directory of the authority                                        Let's Encrypt
#   ACME_DIR         folder for proofs, certificate.pem and key.pem, as EDGE_ACME_DIR   /var/lib/parley/acme
#   ACME_STATE_DIR   folder for the account and what certbot remembers                  /var/lib/parley/acme-account
#   ACME_KEY_GROUP   group that may read the key, besides its owner
#
# `run.sh --once` tries once and ends.
set -eu

ACME_DIR=${ACME_DIR:-/var/lib/parley/acme}
ACME_STATE_DIR=${ACME_STATE_DIR:-/var/lib/parley/acme-account}
names=$(printf '%s' "${ACME_NAMES:-}" | tr ',' ' ')

# Certbot renews when a third of the lifetime is left; each look before costs the authority nothing.
LOOK_S=43200
# Authorities allow only a few failures in an hour.
RETRY_S=3600

say() {
    printf '%s acme: %s\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$1"
}

check() {
    for name in $names; do
        case $name in
            *[!A-Za-z0-9.-]* | -*) say "ACME_NAMES: \"$name\" is not a host name"; exit 1 ;;
            *[!0-9.]*) ;;
            *) say "ACME_NAMES: \"$name\" is an address; authorities ask for a host name"; exit 1 ;;
        esac
    done
    [ -n "$names" ] || { say 'ACME_NAMES is not set: a certificate needs a host name that leads here'; exit 1; }
}

get() {
    set -- --non-interactive --agree-tos --keep-until-expiring --renew-with-new-domains --cert-name parley
    set -- "$@" --webroot --webroot-path "$ACME_DIR"
    set -- "$@" --config-dir "$ACME_STATE_DIR" --work-dir "$work" --logs-dir "$work"
    for name in $names; do set -- "$@" --domain "$name"; done
    if [ -n "${ACME_EMAIL:-}" ]; then set -- "$@" --email "$ACME_EMAIL"; else set -- "$@" --register-unsafely-without-email; fi
    [ -z "${ACME_SERVER:-}" ] || set -- "$@" --server "$ACME_SERVER"
    certbot certonly "$@"
}

# Copies the certificate to where nginx reads it, each file whole.
put() {
    from=$ACME_STATE_DIR/live/parley
    cmp -s "$from/fullchain.pem" "$ACME_DIR/certificate.pem" && return
    umask 077
    cp "$from/privkey.pem" "$ACME_DIR/key.part"
    [ -z "${ACME_KEY_GROUP:-}" ] || { chgrp "$ACME_KEY_GROUP" "$ACME_DIR/key.part" && chmod 640 "$ACME_DIR/key.part"; }
    umask 022
    cp "$from/fullchain.pem" "$ACME_DIR/certificate.part"
    chmod 644 "$ACME_DIR/certificate.part"
    mv "$ACME_DIR/key.part" "$ACME_DIR/key.pem"
    mv "$ACME_DIR/certificate.part" "$ACME_DIR/certificate.pem"
    say "the certificate for $names is in $ACME_DIR"
}

check
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 143' TERM INT HUP
umask 022
mkdir -p "$ACME_DIR" "$ACME_STATE_DIR"
while :; do
    wait_s=$LOOK_S
    { get && put; } || { say "no certificate; the next try is in $((RETRY_S / 60)) minutes"; wait_s=$RETRY_S failed=1; }
    [ "${1:-}" != --once ] || exit "${failed:-0}"
    # A shell handles a signal only after a command in the foreground has ended.
    sleep $wait_s &
    wait $! || true
done
