#!/bin/sh
# The entry point of our images. Others reach a container by its host name, whichever networks they share with it.
set -eu
ADVERTISE_HOST="${ADVERTISE_HOST:-$(hostname)}"
export ADVERTISE_HOST
exec "$@"
