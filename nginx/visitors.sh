# Part of run.sh: the proxies before the edge that are believed, the networks of operators, and the pages around ours.

# "gateway" stands for the address that a proxy on the machine of a container has inside of it.
listed_proxies() {
    for word in $(words "$EDGE_TRUSTED_PROXIES"); do
        if [ "$word" = gateway ]; then gateways; else echo "$word"; fi
    done
}

# nginx replaces $remote_addr by what a listed proxy says. The variables are explained in snippets/visitors.conf.
write_trusted_proxies() {
    echo 'geo $realip_remote_addr $is_listed_proxy {'
    echo '    default 0;'
    for network in $(listed_proxies); do echo "    $network 1;"; done
    echo '}'
    for network in $(listed_proxies); do echo "set_real_ip_from $network;"; done
    echo 'real_ip_recursive on;'
    if [ "$EDGE_PROXY_PROTOCOL" = yes ]; then
        # Headers then come from the visitor, through a proxy that does not look at them.
        echo 'real_ip_header proxy_protocol;'
        echo 'map "" $has_believed_headers { default 0; }'
        echo 'map $proxy_protocol_addr $is_named { "" 0; default 1; }'
    else
        echo 'real_ip_header X-Forwarded-For;'
        echo 'map $is_listed_proxy $has_believed_headers { default $is_listed_proxy; }'
        echo 'map $http_x_forwarded_for $is_named { "~(?:^|[ ,])\[?[0-9a-fA-F]*[.:][0-9a-fA-F.:]+\]?(?::\d+)?$" 1; default 0; }'
    fi
}

# The pages of nginx itself appear where those of the UI would: in the same frames.
write_frames() {
    parents=$(words "$EMBED_ORIGINS" | tr -s ' ')
    echo "map \"\" \$frame_ancestors { default \"${parents:-'none'}\"; }"
    echo "map \"\" \$frame_options { default \"$([ -n "$parents" ] || echo DENY)\"; }"
}

write_operators() {
    # Who visits is then what a proxy says, and a proxy that passes on what visitors claim would make anybody an operator.
    if [ -z "$EDGE_OPERATORS$EDGE_TRUSTED_PROXIES" ]; then
        # If an engine does not keep the addresses of visitors, all of them come from the gateway of the container's network or
        # from the container's own address. So these are nobody in particular.
        for address in $(gateways) $(own_addresses); do echo "deny $address;"; done
        usual='127.0.0.0/8 ::1 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7'
    else
        usual=''
    fi
    for network in $(words "${EDGE_OPERATORS:-$usual}"); do echo "allow $network;"; done
    echo 'deny all;'
}

# Prints the gateways of the default routes. The kernel writes an IPv4 address as one hexadecimal number, its last byte first.
gateways() {
    while read -r _ destination gateway _; do
        [ "$destination" = 00000000 ] && [ "$gateway" != 00000000 ] || continue
        rest=$gateway address=''
        while [ -n "$rest" ]; do
            byte=${rest%"${rest#??}"} rest=${rest#??}
            address=$(printf '%d' "0x$byte")${address:+.$address}
        done
        echo "$address"
    done </proc/net/route
    [ -r /proc/net/ipv6_route ] || return 0
    while read -r destination length _ _ gateway _; do
        case "$destination $length $gateway" in
            *[!0]*' '*' '* | *' '*[!0]*' '* | *' 00000000000000000000000000000000') ;;
            *) echo "$gateway" | sed 's/..../&:/g; s/:$//' ;;
        esac
    done </proc/net/ipv6_route
}

own_addresses() {
    hostname -I 2>/dev/null || true
}
