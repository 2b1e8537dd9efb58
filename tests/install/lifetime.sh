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
names=(tocsin tocsin-gateway qml6-module-tocsin libtocsin1)
if compgen -G '/srv/packages/tocsin-kiosk_*.deb' >/dev/null; then names+=(tocsin-kiosk); fi
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

say "Starting the dashboard"
as_user() { runuser --user tocsin -- env -i HOME=/srv/tocsin USER=tocsin LANG=C.UTF-8 PATH=/usr/bin:/bin "$@"; }
quietly as_user timeout 60 tocsin --self-test
quietly as_user timeout 60 tocsin --offscreen --data-dir /srv/tocsin/data --screenshot /srv/tocsin/picture.png
[[ -s /srv/tocsin/picture.png ]] || fail "there is no picture"

say "Starting the gateway"
tocsin-gateway token new --tokens /etc/tocsin/secrets/tokens.toml --name alice --role admin | tail -n 1 >/tmp/token
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
timeout 20 tocsin-watch ws://127.0.0.1:8787/ws --token-file /tmp/token --room account:default --count 2 \
    | grep -q 'Kept over the upgrade'
EOS
chmod 755 /tmp/report /tmp/look
serve /tmp/report
serve /tmp/look

say "Upgrading"
sed -i 's/^listen = .*/listen = "127.0.0.1:8788"/' /etc/tocsin/gateway.toml
sha256sum /etc/tocsin/secrets/tokens.toml /etc/tocsin/gateway.toml >/tmp/kept
mapfile -t packages < <(files /srv/packages)
install "${packages[@]}"
[[ $(dpkg-query -W -f '${Version}' tocsin-gateway) != "$version" ]] || fail "nothing was upgraded"
quietly sha256sum --check /tmp/kept
sed -i 's/:8787/:8788/' /tmp/look
serve /tmp/look

say "Verifying the unit"
install systemd man-db
quietly systemd-analyze verify /usr/lib/systemd/system/tocsin-gateway.service \
    /usr/lib/systemd/system/tocsin-gateway-tokens.path
[[ ! -s /tmp/log ]] || { cat /tmp/log >&2; fail "systemd has something to say of the units"; }
exposure=$(systemd-analyze security --offline=true /usr/lib/systemd/system/tocsin-gateway.service \
    | sed -n 's/.*exposure level for tocsin-gateway.service: \([0-9.]*\) .*/\1/p')
printf 'Exposure by systemd-analyze security: %s\n' "$exposure" >&2
[[ $exposure == [01].* ]] || fail "the unit is more exposed than it should be"
if [[ -n $(systemctl is-enabled tocsin-gateway.service) ]]; then
    is 'tocsin-gateway.service' "$(systemctl is-enabled tocsin-gateway.service)" enabled
    is 'tocsin-gateway-tokens.path' "$(systemctl is-enabled tocsin-gateway-tokens.path)" enabled
fi

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
