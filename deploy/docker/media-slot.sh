#!/bin/sh
# The entry point of the media image. All media containers of a machine share the network whose ports are published, so each
# container needs ports of its own in that network. A container takes the first free slot by locking the file of the slot. The
# process keeps the lock, and the kernel releases it when the process ends for any reason.
set -eu
slots="${MEDIA_SLOTS_DIR:-/run/media-slots}"
first="${MEDIA_PORT_FIRST:-40000}"
last="${MEDIA_PORT_LAST:-40100}"
MEDIA_WORKERS="${MEDIA_WORKERS:-$(nproc)}"

slot=0
while :; do
  base=$((first + slot * MEDIA_WORKERS))
  if [ $((base + MEDIA_WORKERS - 1)) -gt "$last" ]; then
    echo "media: no ports left for another $MEDIA_WORKERS workers in $first-$last. Widen MEDIA_PORT_LAST, or lower MEDIA_WORKERS." >&2
    exit 1
  fi
  exec 9> "$slots/$slot"
  if flock --nonblock 9; then break; fi
  slot=$((slot + 1))
done

INSTANCE_ID="media-$slot"
MEDIA_RTC_PORT_BASE="$base"
# For links to the other media containers, which are in the same network: these ports are not published, and below those that the
# system gives to others.
MEDIA_PIPE_PORTS="$((20000 + slot * 200))-$((20199 + slot * 200))"
MEDIA_GRPC_PORT=$((50100 + slot))
MEDIA_ADMIN_PORT=$((50200 + slot))
export INSTANCE_ID MEDIA_WORKERS MEDIA_RTC_PORT_BASE MEDIA_PIPE_PORTS MEDIA_GRPC_PORT MEDIA_ADMIN_PORT
echo "$MEDIA_ADMIN_PORT" > /tmp/admin-port
exec "$@"
