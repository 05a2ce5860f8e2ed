# Part of run.sh: the certificate in use, its reload after a renewal, and whether browsers may be asked to use https only.

# Sets $certificate and $key. What a client of an authority has put into EDGE_ACME_DIR takes the place of EDGE_CERTIFICATE, which
# is there from the start.
choose_certificate() {
    certificate=${EDGE_CERTIFICATE:-} key=${EDGE_CERTIFICATE_KEY:-}
    [ -n "$EDGE_ACME_DIR" ] && [ -r "$EDGE_ACME_DIR/certificate.pem" ] && [ -r "$EDGE_ACME_DIR/key.pem" ] || return 0
    certificate=$EDGE_ACME_DIR/certificate.pem key=$EDGE_ACME_DIR/key.pem
}

certificate_sum() {
    echo "$certificate"
    cat "$certificate" "$key" 2>/dev/null | cksum
}

# Writes `ssl_certificate` of the server into $1, and what all servers know about it into $2.
write_certificate() {
    signed=0
    if [ -n "$EDGE_HTTPS" ]; then
        choose_certificate
        certificate_sum >"$certificate_sums"
        printf 'ssl_certificate %s;\nssl_certificate_key %s;\n' "$certificate" "$key"
        subject=$(openssl x509 -noout -subject_hash -in "$certificate" 2>/dev/null) || subject=unknown
        issuer=$(openssl x509 -noout -issuer_hash -in "$certificate" 2>/dev/null) || issuer=unknown
        [ "$subject" = "$issuer" ] || signed=1
    fi >"$1"
    echo "map \"\" \$is_signed_by_other { default $signed; }" >"$2"
}

# Prints the host names in the certificate.
certificate_names() {
    [ -n "$EDGE_HTTPS" ] || return 0
    choose_certificate
    openssl x509 -noout -ext subjectAltName -in "$certificate" 2>/dev/null | tr ',' '\n' | sed -n 's/^ *DNS://p' |
        grep -Ex '(\*\.)?[A-Za-z0-9.-]+' || true
}

# Prints which hosts are answered: "host" or "host:port". A name that is an address cannot lead to another machine.
write_names() {
    echo 'map $visitor_host $is_our_name {'
    echo '    "" 1;'
    echo '    "~*^(?:[^:]+\.)?localhost\.?(?::\d+)?$" 1;'
    echo '    "~^\d+\.\d+\.\d+\.\d+(?::\d+)?$" 1;'
    echo '    "~^\[[0-9A-Fa-f:.]+\](?::\d+)?$" 1;'
    for name in $({ words "$EDGE_NAMES" | tr ' ' '\n'; echo; certificate_names; } | sort -u); do
        pattern=$(echo "$name" | sed 's/\./\\./g; s/^\*/[^:]+/')
        echo "    \"~*^$pattern\\.?(?::\\d+)?\$\" 1;"
    done
    echo '    default 0;'
    echo '}'
    # A client of an authority may ask for names that nobody has listed yet.
    echo "map \$is_acme_challenge \$has_any_name { 1 $([ -n "$EDGE_NAMES" ] && echo 0 || echo 1); default 0; }"
    echo 'map "$is_our_name$has_any_name" $is_answered { 00 0; default 1; }'
}

# A renewal writes two files. They are read once both are the same in two passes.
follow_certificate() {
    [ -n "$EDGE_HTTPS" ] || return 0
    choose_certificate
    now=$(certificate_sum)
    [ "$now" != "$(cat "$certificate_sums")" ] || { rm -f "$certificate_sums.next"; return 0; }
    if [ "$now" != "$(cat "$certificate_sums.next" 2>/dev/null)" ]; then
        printf '%s\n' "$now" >"$certificate_sums.next"
        return
    fi
    [ -r "$certificate" ] && [ -r "$key" ] || return 0
    rm -f "$certificate_sums.next"
    write_certificate "$site/certificate.conf" "$site/certificate-signed.conf"
    write_names >"$site/names.conf"
    say info 'the certificate changed'
    kill -HUP $$
}
