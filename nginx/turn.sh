# Part of run.sh: TURN beside https, for networks that let nothing out but the web. The first bytes of a connection say what it is,
# and nginx passes it on: to its own https, or to the TURN server. TLS for TURN ends here, with the certificate of https; it needs a
# name of its own.
#
# The servers behind the first one listen on sockets in a folder, which is the working directory of nginx: paths of sockets are
# short, and the workers of a root's nginx may not enter the folders above. PROXY protocol carries the client's address there.

# A proxy before the edge ends TLS itself, so only https arrives.
shares_https() {
    [ -n "$EDGE_TURN" ] && [ -n "$EDGE_HTTPS" ] && [ -z "$EDGE_TRUSTED_PROXIES" ]
}

check_turn() {
    check EDGE_TURN_NAMES '[A-Za-z0-9.-]+' 'a host name'
    check EDGE_TURN '([A-Za-z0-9._-]+|\[[0-9a-fA-F:.]+\]):[0-9]+' 'a host and port, as coturn:3478'
    shares_https || return 0
    case $(nginx -V 2>&1) in *--with-stream_ssl_preread_module*) ;; *)
        problem 'EDGE_TURN is set, but this nginx is built without the module stream_ssl_preread' ;;
    esac
    module=$(stream_module)
    [ -z "$module" ] || [ -r "$module" ] ||
        problem "EDGE_TURN is set, but nginx has no stream module at $module (Debian: libnginx-mod-stream)"
}

# Prints the path of the module, unless nginx has it built in.
stream_module() {
    nginx -V 2>&1 | tr ' ' '\n' | sed -n '/^--modules-path=/{s///;h}; /^--with-stream=dynamic$/{g;s/$/\/ngx_stream_module.so/;p}'
}

# Prints where https listens, with what belongs to it.
https_listeners() {
    if shares_https; then echo 'unix:https ssl http2 proxy_protocol'; return; fi
    for address in $(words "$EDGE_HTTPS"); do echo "$address ssl http2$proxy_protocol"; done
}

enter_doors() {
    shares_https || return 0
    doors=$EDGE_DIR/run/doors$is_test
    # Sockets of an nginx that was killed.
    rm -rf "$doors"
    mkdir "$doors"
    if [ "$(id -u)" = 0 ]; then chown nobody "$doors"; fi
    cd "$doors"
}

write_modules() {
    shares_https || return 0
    module=$(stream_module)
    [ -z "$module" ] || echo "load_module $module;"
}

write_turn_upstream() {
    echo 'upstream turn {'
    servers=$(for word in $(words "$EDGE_TURN"); do resolve "$word" || exit; done) || return
    for server in $servers; do echo "    server $server;"; done
    [ -n "$servers" ] || echo '    server 127.0.0.1:1 down;'
    echo '}'
}

write_stream() {
    shares_https || return 0
    echo 'stream {'
    echo '    include site/turn-upstream.conf;'
    echo '    map $ssl_preread_server_name $is_turn_name {'
    echo '        default 0;'
    for name in $(words "$EDGE_TURN_NAMES"); do echo "        $name 1;"; done
    echo '    }'
    echo '    include snippets/turn.conf;'
    echo '    server {'
    for address in $(words "$EDGE_HTTPS"); do echo "        listen $address;"; done
    echo '        include snippets/turn-front.conf;'
    echo '    }'
    echo '    server {'
    echo '        listen unix:turn-tls ssl proxy_protocol;'
    echo '        include site/certificate.conf;'
    echo '        include snippets/turn-back.conf;'
    echo '    }'
    echo '}'
}
