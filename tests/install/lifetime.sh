#!/usr/bin/env bash
# The life of the packages in /srv/packages on a machine, as root in a root where nothing else is:
# scripts/release-check.sh runs it there. They are installed, started, upgraded, removed and purged.
# SPDX-License-Identifier: MIT
set -euo pipefail
shopt -s inherit_errexit

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
fail() {
    printf 'lifetime.sh: %s\n' "$*" >&2
    exit 1
}
say() { printf '%s …\n' "$*" >&2; }
quietly() {
    "$@" >/tmp/log 2>&1 || {
        cat /tmp/log >&2
        fail "failed: $*"
    }
}
# is WHAT FOUND WANTED
is() { [[ $2 == "$3" ]] || fail "$1 is \"$2\", and should be \"$3\""; }

install() { quietly apt-get install -yq --no-install-recommends -o Dpkg::Options::=--force-confold "$@"; }

apt-get update -q >/dev/null
# For this script: what the gateway needs comes with it.
install curl

# The version before: the same with a lower number.
mkdir /tmp/before
for package in /srv/packages/*.deb; do
    dpkg-deb -R "$package" /tmp/unpacked
    sed -i -E 's/^(Version: [0-9.]+)-[0-9]+$/\1-0/; s/\(= ([0-9.]+)-[0-9]+\)/(= \1-0)/g' /tmp/unpacked/DEBIAN/control
    dpkg-deb -b /tmp/unpacked "/tmp/before/$(basename "$package")" >/dev/null
    rm -rf /tmp/unpacked
done
names=(tocsin tocsin-gateway tocsin-kiosk qml6-module-tocsin libtocsin1)
files() { local name; for name in "${names[@]}"; do printf '%s\n' "$1/${name}"_*.deb; done; }

say "Installing"
mapfile -t packages < <(files /tmp/before)
install "${packages[@]}"

version=$(dpkg-query -W -f '${Version}' tocsin)
for program in tocsin tocsin-watch tocsin-gateway; do
    is "$program --version" "$("$program" --version)" "$program ${version%-*}"
    if ldd "/usr/bin/$program" | grep 'not found'; then fail "$program lacks the above"; fi
    [[ -e /usr/share/man/man1/$program.1.gz ]] || fail "$program has no manual"
done
is 'the mode of /etc/tocsin/secrets' "$(stat -c %a:%U /etc/tocsin/secrets)" 700:root
is 'the mode of the tokens' "$(stat -c %a:%U /etc/tocsin/secrets/tokens.toml)" 600:root

# Turning it on is a person's.
is 'tocsin-kiosk.service' "$(systemctl is-enabled tocsin-kiosk.service || true)" disabled
is 'the account of the wall' "$(getent passwd tocsin-kiosk | cut -d: -f6,7)" /var/lib/tocsin-kiosk:/usr/sbin/nologin

say "Starting the dashboard"
as_user() { runuser --user tocsin -- env -i HOME=/srv/tocsin USER=tocsin LANG=C.UTF-8 PATH=/usr/bin:/bin "$@"; }
quietly as_user timeout 60 tocsin --self-test
quietly as_user timeout 60 tocsin --offscreen --data-dir /srv/tocsin/data --screenshot /srv/tocsin/picture.png
[[ -s /srv/tocsin/picture.png ]] || fail "there is no picture"

say "Starting the gateway"
tocsin-gateway token new --tokens /etc/tocsin/secrets/tokens.toml --name alice --role admin >/tmp/token
chmod 600 /tmp/token
# What systemd does for this unit: a user without an account, its directory, its credentials.
service_user=61234
credentials=/run/credentials/tocsin-gateway.service
serve() {
    mkdir -p /var/lib/private/tocsin-gateway "$credentials"
    ln -sfn private/tocsin-gateway /var/lib/tocsin-gateway
    chmod 711 /var/lib/private
    chown -R "$service_user:$service_user" /var/lib/private/tocsin-gateway
    local secret
    for secret in /etc/tocsin/secrets/*; do
        cp --no-preserve=all "$secret" "$credentials/secrets_$(basename "$secret")"
    done
    chown -R "$service_user:$service_user" "$credentials"
    chmod -R u=rX,go= "$credentials"
    local start
    start=$(sed -n 's/^ExecStart=//p' /usr/lib/systemd/system/tocsin-gateway.service)
    read -ra start <<<"$start"
    quietly perl "$here/as-systemd.pl" "$@" -- \
        setpriv "--reuid=$service_user" "--regid=$service_user" --clear-groups --no-new-privs \
        --bounding-set=-all --inh-caps=-all -- "${start[@]}"
}
cat >/tmp/report <<'EOS'
#!/bin/sh
set -e
curl --silent --show-error --fail-with-body -H "Authorization: Bearer $(cat /tmp/token)" \
    -H 'Content-Type: application/json' http://127.0.0.1:8787/ingest/incident \
    -d '{"fingerprint":"kept","title":"Kept over the upgrade","severity":"warning"}'
EOS
cat >/tmp/look <<'EOS'
#!/bin/sh
set -e
curl --silent --show-error --fail-with-body -H "Authorization: Bearer $(cat /tmp/token)" \
    'http://127.0.0.1:8787/api/incidents?room=account:default' | grep -q 'Kept over the upgrade'
# Nobody gets in without a token.
test "$(curl --silent --output /dev/null --write-out '%{http_code}' \
    'http://127.0.0.1:8787/api/incidents?room=account:default')" = 401
# auth.ok, room.joined, room.snapshot.
timeout 20 tocsin-watch ws://127.0.0.1:8787/ws --token-file /tmp/token --room account:default --count 3 \
    | grep -q 'Kept over the upgrade'
EOS
chmod 755 /tmp/report /tmp/look
serve /tmp/report
serve /tmp/look

say "Starting the wall"
tocsin-gateway token new --tokens /etc/tocsin/secrets/tokens.toml --name wall --role viewer \
    | command install -m 640 -g tocsin-kiosk /dev/stdin /etc/tocsin/kiosk.token
if as_user cat /etc/tocsin/kiosk.token >/tmp/log 2>&1; then fail "anybody can read the wall's token"; fi
cat >/tmp/wall <<EOS
#!/usr/bin/env bash
# As tocsin-kiosk.service starts it, with the directories that systemd makes for it.
set -euo pipefail
unit=/usr/lib/systemd/system/tocsin-kiosk.service
install -d -m 700 -o tocsin-kiosk -g tocsin-kiosk /{run,var/lib,var/cache}/tocsin-kiosk
mapfile -t environment < <(sed -n 's/^UnsetEnvironment=/--unset=/p; s/^Environment=//p' "\$unit" | tr ' ' '\n' | sort)
as_wall=(setpriv --reuid=tocsin-kiosk --regid=tocsin-kiosk --init-groups --no-new-privs
    env "\${environment[@]}" HOME=/var/lib/tocsin-kiosk)
cd /
"\${as_wall[@]}" tocsin --config /etc/tocsin/kiosk.toml --check-config
"\${as_wall[@]}" timeout 60 tocsin --kiosk --config /etc/tocsin/kiosk.toml --offscreen --size 1280x720 \
    --screenshot /var/cache/tocsin-kiosk/picture.png | tee /tmp/said
grep -q 'live, 1 active' /tmp/said
# A screen, a renderer and a keyboard are what a container does not have.
read -ra start < <(sed -n 's/^ExecStart=//p' "\$unit")
perl $here/as-systemd.pl --group true -- "\${as_wall[@]}" WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 \
    WLR_RENDERER=pixman "\${start[@]}"
rm -rf /run/tocsin-kiosk
EOS
chmod 755 /tmp/wall
serve /tmp/wall

say "Upgrading"
sed -i 's/^listen = .*/listen = "127.0.0.1:8788"/' /etc/tocsin/gateway.toml
sed -i 's/"30s"/"20s"/' /etc/tocsin/kiosk.toml
sha256sum /etc/tocsin/secrets/tokens.toml /etc/tocsin/gateway.toml /etc/tocsin/kiosk.toml \
    /etc/tocsin/kiosk.token >/tmp/kept
mapfile -t packages < <(files /srv/packages)
install "${packages[@]}"
[[ $(dpkg-query -W -f '${Version}' tocsin-gateway) != "$version" ]] || fail "nothing was upgraded"
quietly sha256sum --check /tmp/kept
sed -i 's/:8787/:8788/' /tmp/look
serve /tmp/look

say "Verifying the units"
install systemd man-db
units=/usr/lib/systemd/system
quietly systemd-analyze verify "$units"/tocsin-{gateway,kiosk}.service "$units"/tocsin-gateway-tokens.path
[[ ! -s /tmp/log ]] || { cat /tmp/log >&2; fail "systemd has something to say of the units"; }
# exposed UNIT MOST: in systemd's measure, of which 10 is the worst.
exposed() {
    local exposure
    exposure=$(systemd-analyze security --offline=true "$units/$1" \
        | sed -n 's/.*exposure level for '"$1"': \([0-9.]*\) .*/\1/p')
    printf 'Exposure of %s by systemd-analyze security: %s\n' "$1" "$exposure" >&2
    awk -v found="$exposure" -v most="$2" 'BEGIN { exit !(found > 0 && found <= most) }' \
        || fail "$1 is more exposed than it should be"
}
exposed tocsin-gateway.service 1.9
# It has the screen and the sound.
exposed tocsin-kiosk.service 2.4
is 'tocsin-gateway.service' "$(systemctl is-enabled tocsin-gateway.service)" enabled
is 'tocsin-gateway-tokens.path' "$(systemctl is-enabled tocsin-gateway-tokens.path)" enabled
is 'tocsin-kiosk.service' "$(systemctl is-enabled tocsin-kiosk.service || true)" disabled

say "Removing"
quietly apt-get remove -yq "${names[@]}"
[[ ! -e /usr/bin/tocsin-gateway ]] || fail "removing leaves the program"
quietly sha256sum --check /tmp/kept
[[ -n $(find /var/lib/private/tocsin-gateway -name '*.sqlite') ]] || fail "removing takes the incidents"

say "Purging"
quietly apt-get purge -yq "${names[@]}"
# Nothing is left, wherever it was put; what others log and remember of packages is theirs.
left=$(find / -xdev \( -path /srv -o -path /tmp -o -path /proc -o -path /var/log -o -path /var/cache \
    -o -path /run -o -path /.outside \) -prune -o -iname '*tocsin*' -print)
[[ -z $left ]] || fail "purging leaves:"$'\n'"$left"
printf 'lifetime.sh: installed, started, upgraded, removed and purged\n' >&2
