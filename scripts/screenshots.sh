#!/usr/bin/env bash
# Takes the pictures of docs/images anew, from the real dashboard with a real gateway, on an X server
# of its own. Clock, size, font and incidents are always the same, so that a picture changes only
# where what it shows does; one that looks as it did is not written.
#
#   scripts/screenshots.sh                all
#   scripts/screenshots.sh --preset dev   with what that preset has built
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

preset=release
case ${1-} in
--preset) preset=${2:?--preset needs a name} ;;
'') ;;
*) fail "there is no option $1; --preset NAME is the only one" ;;
esac

install_packages build run test pictures
cd "$root"
quietly "Configuring" cmake --preset "$preset" -DTOCSIN_BUILD_TESTS=ON
quietly "Building" cmake --build --preset "$preset" --target tocsin tocsin-gateway component_pictures
bin=$root/build/$preset/bin

work=$(mktemp -d)
processes=()
finish() {
    # The last first: what is started on a display or a bus goes before it.
    local i
    for ((i = ${#processes[@]} - 1; i >= 0; i--)); do
        kill "${processes[i]}" 2>/dev/null || true
        wait "${processes[i]}" 2>/dev/null || true
    done
    rm -rf "$work"
}
trap finish EXIT

# until_true WHAT COMMAND…: waits for it, at most twenty seconds.
until_true() {
    local what=$1 i
    shift
    for ((i = 0; i < 200; i++)); do
        if "$@" >/dev/null 2>&1; then return 0; fi
        sleep 0.1
    done
    fail "waited in vain: $what"
}

# start NAME COMMAND…: in the background, until the end of this script.
start() {
    local name=$1
    shift
    "$@" >"$work/$name.out" 2>"$work/$name.err" &
    processes+=($!)
}

# The clock goes on from here in every program; what waits for a while does so by another one.
clock=$(compgen -G '/usr/lib/*/faketime/libfaketimeMT.so.1') || fail "libfaketime is missing"
at_the_time=(env LD_PRELOAD="$clock" FAKETIME="@2026-03-14 09:30:20" FAKETIME_DONT_FAKE_MONOTONIC=1)

export XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache XDG_DATA_HOME=$work/data
export XDG_RUNTIME_DIR=$work/run LC_ALL=C.UTF-8 TZ=UTC
export QT_QPA_PLATFORM=xcb QT_QUICK_BACKEND=software QT_SCALE_FACTOR=1 TOCSIN_REDUCED_MOTION=1
mkdir -m 700 "$XDG_RUNTIME_DIR"

# A desktop on which everything works: a display, a sound card that is none, notifications.
start display Xvfb -displayfd 1 -screen 0 1600x1000x24 -nolisten tcp
until_true "an X server" test -s "$work/display.out"
DISPLAY=:$(<"$work/display.out")
export DISPLAY
start manager openbox --sm-disable
start bus dbus-daemon --session --nofork --nopidfile --print-address
until_true "a session bus" test -s "$work/bus.out"
DBUS_SESSION_BUS_ADDRESS=$(<"$work/bus.out")
export DBUS_SESSION_BUS_ADDRESS
start notifications /usr/bin/python3 -m dbusmock --session --template notification_daemon
export PULSE_SERVER=unix:$work/pulse
start sound pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --disable-shm=yes \
    --load=module-null-sink "--load=module-native-protocol-unix socket=$work/pulse auth-anonymous=1"
until_true "a sound server" test -S "$work/pulse"
until_true "a notification service" dbus-send --session --print-reply \
    --dest=org.freedesktop.Notifications /org/freedesktop/Notifications \
    org.freedesktop.Notifications.GetServerInformation

port=18787
# token NAME ROLE: the last line of what is said is the token.
token() {
    "$bin/tocsin-gateway" token new --tokens "$work/tokens" --name "$1" --role "$2" 2>/dev/null
}
token Anna responder >"$work/token"
token alerts sender >"$work/sender"
token operations admin >"$work/admin"
chmod 600 "$work/token"
if curl -s -o "$work/answer" "http://127.0.0.1:$port/"; then
    fail "port $port is taken"
fi
start gateway "${at_the_time[@]}" "$bin/tocsin-gateway" --listen 127.0.0.1:$port --data-dir "$work/gateway" \
    --tokens "$work/tokens"
until_true "a gateway at port $port" curl -fsS "http://127.0.0.1:$port/readyz"

# report KEY SEVERITY SINCE SERVICE TITLE [MORE]: MORE is what else there is of the JSON.
report() {
    curl -fsS -o "$work/answer" "${to:-http://127.0.0.1:$port}/ingest/incident" \
        -H "Authorization: Bearer $(<"$work/sender")" -H 'Content-Type: application/json' \
        -d "{\"key\":\"$1\",\"severity\":\"$2\",\"startsAt\":\"2026-03-14T$3Z\",\"service\":\"$4\",
             \"title\":\"$5\"${6:+,$6}}"
}
pool='"source":"alertmanager","labels":{"alertname":"PoolExhausted","env":"production","team":"payments"},
"annotations":{"runbook_url":"https://runbooks.example.com/pool",
"description":"Checkout requests wait for a connection and time out after 3 s. Likely a leak in orders-api 4.12, deployed at 09:02."},
"links":[{"title":"Dashboard","url":"https://grafana.example.com/d/pool"},
{"title":"Logs","url":"https://logs.example.com/orders-db"}]'
report_all() {
    for _ in 1 2 3; do
        report pool critical 09:07:00 orders-db "Connection pool of orders-db is exhausted: 200 of 200 in use" "$pool"
    done
    report errors critical 08:38:00 checkout "Checkout answers with errors: 4.2 % of requests" '"source":"alertmanager"'
    report queue warning 08:59:00 mailer "Queue of mailer holds 12,000 messages" '"source":"grafana"'
    report disk warning 08:43:00 search "Disk of search-2 is 86 % full" '"source":"alertmanager"'
    report certificate warning 04:30:00 edge "Certificate of api.example.com ends in 6 days" '"source":"uptime-kuma"'
    report sensor unknown 08:00:00 sensors "Sensor reports an unknown word" '"source":"cloudevents"'
    report deployed info 09:02:00 orders-api "orders-api 4.12 was deployed" '"source":"ci"'
}
report_all

# open_dashboard SIZE [OPTION…]: until it is live, and has the keyboard.
open_dashboard() {
    local size=$1
    shift
    start dashboard "${at_the_time[@]}" "$bin/tocsin" --server "ws://127.0.0.1:$port/ws" --token-file "$work/token" \
        --no-cache --language en --theme dark --size "$size" "$@"
    dashboard=${processes[-1]}
    until_true "a live dashboard" xdotool search --name '^7 active'
    window=$(xdotool search --name '^7 active')
    until_true "its window in front" xdotool windowactivate --sync "$window"
}
close_dashboard() {
    kill "$dashboard"
    wait "$dashboard" 2>/dev/null || true
    unset 'processes[-1]'
    until_true "its window gone" bash -c '! xdotool search --name "active – Tocsin"'
}
# What is sent to the filter goes on to the list with Return.
to_list() { press slash Return Home; }
press() { xdotool key --clearmodifiers "$@"; }

look() { import -window "$window" -strip "png24:$1"; }
still() {
    look "$work/now.png"
    sleep 0.4
    look "$work/then.png"
    cmp -s "$work/now.png" "$work/then.png"
}
# picture NAME: of the window, once it stands still.
# The round trip in the status bar is what it is each time: fewer points than these are no change.
few=400
picture() {
    until_true "a window that stands still" still
    keep "$1"
}
# keep NAME: what is in now.png, unless it looks as it did.
keep() {
    local file=docs/images/$1.png differing
    differing=$(compare -metric AE "$file" "$work/now.png" null: 2>&1 || true)
    if [[ $differing =~ ^[0-9]+$ && $differing -lt $few ]]; then
        say "$file is as it was"
    else
        cp "$work/now.png" "$file"
        say "$file is new"
    fi
}

# How often the gateway has written something down.
written() { curl -fsS "http://127.0.0.1:$port/metrics" -H "Authorization: Bearer $(<"$work/admin")" \
    | awk '$1 == "tocsin_gateway_log_commit_seconds_count" { print $2 }'; }
wrote_more_than() { [[ $(written) -gt $1 ]]; }
# take ROW: acknowledges what stands there, counted from the top.
take() {
    local i before
    before=$(written)
    to_list
    for ((i = 1; i < $1; i++)); do press Down; done
    press a
    until_true "an acknowledged incident" wrote_more_than "$before"
}

# Some that somebody has taken, so that it is seen what that looks like.
open_dashboard 1280x720
take 2
take 4
close_dashboard

open_dashboard 1280x720
picture dashboard
press s
picture alarm
close_dashboard
open_dashboard 1440x900
to_list
press Return
picture detail
close_dashboard
open_dashboard 1280x720 --theme light --contrast high --color-vision limited
picture contrast
close_dashboard

cat >"$work/kiosk.toml" <<TOML
server = "ws://127.0.0.1:$port/ws"
token_file = "$work/token"
name = "Ops room"
[[screen]]
name = "*"
[[screen.page]]
title = "All incidents"
TOML
"${at_the_time[@]}" "$bin/tocsin" --kiosk --config "$work/kiosk.toml" --offscreen --no-cache --language en \
    --size 1600x900 --screenshot "$work/now.png" >/dev/null
keep kiosk

# Each component of docs/components.md, at a gateway that asks nobody for a token.
to=http://127.0.0.1:$((port + 1))
start open_gateway "${at_the_time[@]}" "$bin/tocsin-gateway" --listen "${to#http://}" --data-dir "$work/open"
until_true "a gateway at $to" curl -fsS "$to/readyz"
report_all
mkdir -p "$work/components" docs/images/components
# Nothing is under the pointer.
xdotool mousemove 1599 999
"${at_the_time[@]}" "$bin/component_pictures" examples/components "ws://${to#http://}/ws" "$work/components"
for taken in "$work"/components/*.png; do
    cp "$taken" "$work/now.png"
    keep "components/$(basename "$taken" .png)"
done
