# Shared by the other scripts; sourced, not run.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "${0##*/}: $*"
    exit 1
}

# packages SCOPE…: the names in scripts/packages.txt that belong to one of the scopes.
packages() {
    local scopes=" $* "
    local scope name rest
    while read -r scope name rest; do
        case $scope in '' | '#'*) continue ;; esac
        if [[ $scopes == *" $scope "* ]]; then printf '%s\n' "$name"; fi
    done <"$root/scripts/packages.txt"
}

# without_services COMMAND…: runs it, and lets no package that it installs start a system service: the
# tests start the programs that they need themselves, on ports of their own.
without_services() {
    local policy=/usr/sbin/policy-rc.d
    local made=no
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        made=yes
    fi
    local status=0
    "$@" || status=$?
    if [[ $made == yes ]]; then as_root rm -f "$policy"; fi
    return "$status"
}

as_root() {
    if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# install_packages SCOPE…: installs what is missing of the scopes' packages, and nothing where
# nothing is.
install_packages() {
    local wanted missing=() name
    mapfile -t wanted < <(packages "$@")
    command -v dpkg-query >/dev/null || {
        say "This is not a Debian system: install what scripts/packages.txt lists by hand."
        return 0
    }
    for name in "${wanted[@]}"; do
        if ! dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed; then
            missing+=("$name")
        fi
    done
    if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi
    say "Installing ${#missing[@]} missing packages with apt: ${missing[*]}"
    if [[ $(id -u) -ne 0 ]]; then
        command -v sudo >/dev/null \
            || fail "they need root, and there is no sudo; as root: apt-get install ${missing[*]}"
        say "That needs root: sudo may ask for your password."
    fi
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q \
        || fail "apt-get update failed; is there a network?"
    without_services as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -yq --no-install-recommends "${missing[@]}" \
        || fail "apt-get could not install the packages above."
}

# quietly NAME COMMAND…: shows the command's output only where it fails.
quietly() {
    local name=$1 log
    shift
    log=$(mktemp)
    say "$name …"
    if ! "$@" >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        fail "$name failed; the reason stands above."
    fi
    rm -f "$log"
}
