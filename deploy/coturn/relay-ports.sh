#!/bin/sh
# Keeps TURN relays from every port but the media ports. coturn compares addresses only: at an allowed address a relay reaches
# every UDP port. Run as root on the machine of coturn:
#
#   relay-ports.sh 40000-40015                  for a coturn beside the media nodes, on the same machine
#   relay-ports.sh 40000-40015 br-0123456789ab  for a coturn in a container behind this bridge
#   relay-ports.sh remove
#
# Several ranges are separated by commas. The rules end with a restart of the machine. Variables and their defaults:
#
#   TURN_MIN_PORT, TURN_MAX_PORT  ports of relays, as coturn has them (run.sh)   61000 to 64999
#   TURN_RELAY_IP                 the address of relays, as coturn has it: what comes from others is left alone
#   TURN_UID                      the number of the user that coturn has to itself, if media nodes are on other machines and coturn
#                                 is in no container
#   TURN_RULES                    the name of the table of rules                  parley_turn
set -eu

# Distributions install nft where only root has it on the search path.
PATH=$PATH:/usr/sbin:/sbin

ports=${1:-}
bridge=${2:-}
first=${TURN_MIN_PORT:-61000}
last=${TURN_MAX_PORT:-64999}
relay_ip=${TURN_RELAY_IP:-}
user=${TURN_UID:-}
table=${TURN_RULES:-parley_turn}

refuse() {
    echo "$1" >&2
    exit 1
}

matches() {
    printf '%s\n' "$1" | grep -Eqx "$2"
}

matches "$table" '[A-Za-z0-9_]+' || refuse "TURN_RULES: \"$table\" is not a name"
matches "$first-$last" '[0-9]+-[0-9]+' || refuse 'TURN_MIN_PORT and TURN_MAX_PORT must be ports'
matches "$relay_ip" '[0-9.]*' || refuse "TURN_RELAY_IP: \"$relay_ip\" is not an IPv4 address"
matches "$user" '[0-9]*' || refuse "TURN_UID: \"$user\" is not the number of a user"
if [ "$ports" = remove ]; then
    # nft fails on a table that does not exist.
    printf 'table inet %s\ndelete table inet %s\n' "$table" "$table" | nft -f -
    exit
fi
matches "$ports" '[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*' || refuse "\"$ports\" are not ports, as 40000-40015"
matches "$bridge" '[A-Za-z0-9._-]*' || refuse "\"$bridge\" is not a network interface"

# The packets of relays are known by the ports that they come from. Those to this machine and those of a container are looked at
# where they arrive: in a container's case before the engine changes the address of a published port. What is dropped where it
# leaves is an error for coturn, which then ends the relay. Only the user is known there to be coturn's: resolvers use such ports too.
others="${relay_ip:+ip saddr $relay_ip }udp sport $first-$last udp dport != { $ports } counter drop"

leaving=''
[ -z "$user" ] || leaving="chain leaving {
        type filter hook output priority 0; oifname != \"lo\" meta skuid $user $others
    }"

nft -f - <<END
table inet $table
delete table inet $table
table inet $table {
    chain arriving {
        type filter hook prerouting priority -150; iifname "${bridge:-lo}" $others
    }
    $leaving
}
END
