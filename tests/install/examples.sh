#!/usr/bin/env bash
# Builds the programs of examples/ as somebody outside this project does, against an installation, and
# runs them with its gateway.
#
#   examples.sh PREFIX WORK_DIRECTORY [cmake option…]
#
# What is in WORK_DIRECTORY is taken away first. Exits with 1, and says why, where one of them does
# not do what it says.
# SPDX-License-Identifier: MIT
set -euo pipefail
shopt -s inherit_errexit

prefix=$1
work=$2
shift 2
options=("$@")
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
examples=$here/../../examples

fail() {
    printf 'examples.sh: %s\n' "$*" >&2
    exit 1
}

processes=()
finish() {
    local process
    for process in "${processes[@]}"; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
}
trap finish EXIT

# quietly COMMAND…: its output only where it fails.
quietly() {
    "$@" >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        fail "failed: $*"
    }
}

# said FILE PROCESS TEXT: waits until a program that runs has written it.
said() {
    local file=$1 process=$2 text=$3 i
    for ((i = 0; i < 300; i++)); do
        # The shell that starts the program may not have made it yet.
        if [[ -e $file ]] && grep -qF -- "$text" "$file"; then return 0; fi
        if ! kill -0 "$process" 2>/dev/null; then break; fi
        sleep 0.1
    done
    cat "$file" >&2
    fail "$(basename "$file") did not say \"$text\""
}

report() {
    curl --silent --show-error --fail-with-body --output /dev/null \
        -H 'Content-Type: application/json' "$address/ingest/incident" -d "$1"
}

rm -rf "$work"
mkdir -p "$work/said"

# Named one by one: an example that is not built by this is not noticed to be broken.
names=(client dashboard ownmessage ownwindow)
for name in "$examples"/*/CMakeLists.txt; do
    name=$(basename "$(dirname "$name")")
    [[ " ${names[*]} " == *" $name "* ]] || fail "examples/$name is not among those that are run"
done
for name in "${names[@]}"; do
    printf 'Building %s …\n' "$name" >&2
    quietly cmake -S "$examples/$name" -B "$work/build-$name" -G Ninja "-DCMAKE_PREFIX_PATH=$prefix" \
        -DCMAKE_BUILD_TYPE=Debug '-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror -O0 -g0' "${options[@]}"
    quietly cmake --build "$work/build-$name"
done

# The other way to be found.
description=$(find "$prefix/lib" -name TocsinClient.pc)
[[ -n $description ]] || fail "there is no TocsinClient.pc beneath $prefix/lib"
libraries=$(dirname "$(dirname "$description")")
export PKG_CONFIG_PATH=$libraries/pkgconfig
for library in Protocol Client Incidents Gateway Qml; do
    quietly pkg-config --print-errors --exists "Tocsin$library >= 1.0"
done
read -ra flags < <(pkg-config --cflags --libs TocsinClient)
printf 'Building client with pkg-config …\n' >&2
# -fPIC is Qt's wish; its own file does not tell it.
quietly g++ -std=c++20 -fPIC "$examples/client/main.cpp" -o "$work/client-by-pkg-config" "${flags[@]}"

# A component that does not exist is refused with its name.
mkdir "$work/unknown"
printf '%s\n' 'cmake_minimum_required(VERSION 3.21)' 'project(unknown LANGUAGES CXX)' \
    'find_package(Tocsin 1 REQUIRED COMPONENTS Client Teapot)' >"$work/unknown/CMakeLists.txt"
if cmake -S "$work/unknown" -B "$work/unknown/build" -G Ninja "-DCMAKE_PREFIX_PATH=$prefix" \
    >"$work/unknown/log" 2>&1; then
    fail "find_package(Tocsin COMPONENTS Teapot) is content"
fi
grep -q 'no component Teapot' "$work/unknown/log" || {
    cat "$work/unknown/log" >&2
    fail "find_package does not say that there is no component Teapot"
}

# Nothing of the machine's own: neither a display nor settings.
export HOME=$work/home QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software
export QT_FORCE_STDERR_LOGGING=1 LANG=C.UTF-8 XDG_RUNTIME_DIR=$work/run
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME LANGUAGE
mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"

"$prefix/bin/tocsin-gateway" --listen 127.0.0.1:0 --data-dir "$work/data" >"$work/said/gateway" 2>&1 &
processes+=($!)
said "$work/said/gateway" $! 'listening on'
address=$(sed -n 's/^tocsin-gateway: listening on \([^ ]*\).*/\1/p' "$work/said/gateway")
server=ws://${address#http://}/ws

# run NAME PROGRAM…
run() {
    printf 'Running %s …\n' "$1" >&2
    "${@:2}" "$server" >"$work/said/$1" 2>&1 &
    processes+=($!)
    running=$!
}

run client "$work/build-client/tocsin-example-client"
said "$work/said/client" "$running" 'account:default is live'
run client-by-pkg-config env "LD_LIBRARY_PATH=$libraries" "$work/client-by-pkg-config"
said "$work/said/client-by-pkg-config" "$running" 'account:default is live'
run ownmessage "$work/build-ownmessage/tocsin-example-ownmessage"
said "$work/said/ownmessage" "$running" 'account:default is live'

report '{"fingerprint":"e1","title":"Disk almost full","severity":"critical","labels":{"team":"storage"}}'
said "$work/said/client" "${processes[1]}" 'critical: Disk almost full'
said "$work/said/client-by-pkg-config" "${processes[2]}" 'critical: Disk almost full'
said "$work/said/ownmessage" "${processes[3]}" 'now: Disk almost full, for storage'
said "$work/said/ownmessage" "${processes[3]}" 'remark added'

run dashboard "$work/build-dashboard/tocsin-example-dashboard"
said "$work/said/dashboard" "$running" '1 active'
run ownwindow "$work/build-ownwindow/tocsin-example-ownwindow"
said "$work/said/ownwindow" "$running" 'row Disk almost full'
if grep -iE 'qml.*(error|warning)|is not (a type|installed|defined)' "$work/said/dashboard" "$work/said/ownwindow" >&2; then
    fail "a window complains; see above"
fi
printf 'examples.sh: %d examples built and run\n' "${#names[@]}"
