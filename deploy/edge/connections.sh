#!/bin/sh
# Bounds the TCP connections of one address to the ports of the edge, where they arrive at this machine: also those for a container, whose
# ports the engine publishes. nginx counts requests and does not see a connection on which nothing was asked yet. Run as root:
#
#   connections.sh 80,443          at most 1000 from one IPv4 address, or from one /64 of IPv6
#   connections.sh 80,443 500      another number; it has to leave room for the sockets of everybody in an office
#   connections.sh remove
#
# What is above is dropped, so a browser waits and tries again. Connections that are there already are not counted, nor those of this
# machine itself. The rules end with a restart of the machine. Variables and their defaults:
#
#   EDGE_TRUSTED_PROXIES  addresses of proxies of yours, whose connections are those of many people; separated by commas or blanks
#   EDGE_RULES            the name of the table of rules                                                                parley_edge
set -eu

# Distributions install nft where only root has it on the search path.
PATH=$PATH:/usr/sbin:/sbin

ports=${1:-}
most=${2:-1000}
proxies=$(printf '%s' "${EDGE_TRUSTED_PROXIES:-}" | tr ',\n' '  ')
table=${EDGE_RULES:-parley_edge}

refuse() {
    echo "$1" >&2
    exit 1
}

matches() {
    printf '%s\n' "$1" | grep -Eqx "$2"
}

matches "$table" '[A-Za-z0-9_]+' || refuse "EDGE_RULES: \"$table\" is not a name"
if [ "$ports" = remove ]; then
    # nft fails on a table that does not exist.
    printf 'table inet %s\ndelete table inet %s\n' "$table" "$table" | nft -f -
    exit
fi
matches "$ports" '[0-9]+(,[0-9]+)*' || refuse "\"$ports\" are not ports, as 80,443"
matches "$most" '[1-9][0-9]*' || refuse "\"$most\" is not a number of connections"

exceptions=''
for proxy in $proxies; do
    case $proxy in
        *:*) family=ip6 ;;
        *) family=ip ;;
    esac
    matches "$proxy" '[0-9a-fA-F.:]+(/[0-9]+)?' || refuse "EDGE_TRUSTED_PROXIES: \"$proxy\" is not an address or a network"
    exceptions="$exceptions
        $family saddr $proxy return"
done

# Before the engine gives a packet the address of a container (priority -100), and after the kernel knows its connection (-200).
nft -f - <<END
table inet $table
delete table inet $table
table inet $table {
    set many4 { type ipv4_addr; size 65535; flags dynamic; }
    set many6 { type ipv6_addr; size 65535; flags dynamic; }
    chain arriving {
        type filter hook prerouting priority -150;
        iifname "lo" return
        tcp dport != { $ports } return
        ct state != new return$exceptions
        add @many4 { ip saddr ct count over $most } counter drop
        add @many6 { ip6 saddr & ffff:ffff:ffff:ffff:: ct count over $most } counter drop
    }
}
END
