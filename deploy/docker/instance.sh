#!/bin/sh
# The entry point of our images. Other containers reach this one by its host name, in every network that they share with it.
set -eu
ADVERTISE_HOST="${ADVERTISE_HOST:-$(hostname)}"
export ADVERTISE_HOST
exec "$@"
