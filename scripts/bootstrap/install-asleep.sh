#!/bin/sh
# Installs Debian packages and keeps their services from starting, now and at the next boot, because Parley runs these
# programs itself, with its own data. Needs root. The arguments are those of apt-get install.
set -eu

policy=/usr/sbin/policy-rc.d
mark='# Written by Parley for the time of an installation'
work=$(mktemp -d)
owns_policy=

tidy() {
  rm -rf "$work"
  [ -z "$owns_policy" ] || rm -f "$policy"
}
trap tidy EXIT
trap 'exit 130' HUP INT TERM

# The lock lets one installation run at a time, because the first to end would remove the policy of the second.
exec 9> /run/parley-install.lock
flock 9

# Debian asks the policy whether a package may start its services. A policy of the administrator stays in force.
if [ ! -e "$policy" ] || grep -qF "$mark" "$policy"; then
  owns_policy=yes
  printf '#!/bin/sh\n%s\nexit 101\n' "$mark" > "$policy"
  chmod 755 "$policy"
fi

installed() {
  dpkg-query -W -f '${db:Status-Status} ${binary:Package}\n' | sed -n 's/^installed //p' | sort
}

disable_services_of() {
  for file in $(dpkg -L "$1"); do
    name=${file##*/}
    case $file in
      */lib/systemd/system/*@.*) ;;
      */lib/systemd/system/*.service | */lib/systemd/system/*.socket | */lib/systemd/system/*.timer)
        if [ "$(systemctl is-enabled "$name" 2> /dev/null)" = enabled ]; then systemctl --quiet disable "$name"; fi
        ;;
      /etc/init.d/*) update-rc.d "$name" disable ;;
    esac
  done
}

installed > "$work/before"
apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" 9>&-
installed > "$work/after"
for package in $(comm -13 "$work/before" "$work/after"); do disable_services_of "$package"; done
