# Shared by the other scripts; sourced, not run.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export root

# Messages go to standard error: standard output belongs to the programs that the scripts run.
say() { printf '%s\n' "$*" >&2; }

fail() {
    say "${0##*/}: $*"
    exit 1
}

# The release number of this Debian, to be compared with since=. Testing and unstable have none, and
# are newer than any that has.
debian_release() {
    local VERSION_ID=999
    # shellcheck source=/dev/null
    if [[ -r /etc/os-release ]]; then source /etc/os-release; fi
    printf '%s\n' "${VERSION_ID%%.*}"
}

is_installed() {
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true) == installed ]]
}

# packages RELEASE SCOPE…: the names in scripts/packages.txt that belong to one of the scopes and
# exist in that release of Debian; but none that would push out what this machine has.
packages() {
    local release=$1 scopes scope name rest
    shift
    scopes=" $* "
    while read -r scope name rest; do
        case $scope in '' | '#'*) continue ;; esac
        if [[ $scopes != *" $scope "* ]]; then continue; fi
        if [[ $rest =~ since=([0-9]+) && ${BASH_REMATCH[1]} -gt $release ]]; then continue; fi
        if [[ $rest =~ unless=([a-z0-9.+-]+) ]] && is_installed "${BASH_REMATCH[1]}"; then continue; fi
        printf '%s\n' "$name"
    done <"$root/scripts/packages.txt"
}

as_root() {
    if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo -- "$@"; fi
}

# apt_install PACKAGE…: installs, and leaves the services of packages marked no-service neither
# running nor enabled: the tests start the programs that they need themselves, on ports of their own.
# A subshell, so that its trap takes Debian's hook away again however this ends.
apt_install() (
    policy=/usr/sbin/policy-rc.d
    services=()
    for name in "$@"; do
        if grep -qE "^[a-z0-9]+ $name .*no-service" "$root/scripts/packages.txt"; then
            services+=("$name")
        fi
    done
    # A machine that has a policy of its own keeps it.
    if [[ ${#services[@]} -gt 0 && ! -e $policy ]]; then
        trap 'as_root rm -f "$policy"' EXIT
        trap 'exit 130' INT TERM
        # shellcheck disable=SC2016 # the hook's own $1
        printf '#!/bin/sh\ncase "${1%%%%.service}" in %s) exit 101 ;; esac\nexit 0\n' \
            "$(IFS='|' && printf '%s' "${services[*]}")" | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -yq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >&2 || exit 1
    # It would start with the next boot otherwise.
    if command -v systemctl >/dev/null; then
        for name in "${services[@]}"; do
            as_root systemctl disable --quiet "$name.service" >/dev/null 2>&1 || true
        done
    fi
)

# install_packages SCOPE…: installs what is missing of the scopes' packages, and nothing where
# nothing is.
install_packages() {
    local wanted missing=() name
    mapfile -t wanted < <(packages "$(debian_release)" "$@")
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "This is not a Debian system: install what scripts/packages.txt lists by hand."
        return 0
    fi
    for name in "${wanted[@]}"; do
        if ! is_installed "$name"; then missing+=("$name"); fi
    done
    if [[ ${#missing[@]} -eq 0 ]]; then return 0; fi
    if [[ $(id -u) -eq 0 ]]; then
        say "Installing what is missing here for: $* (${#missing[@]} Debian packages: ${missing[*]})"
    else
        command -v sudo >/dev/null \
            || fail "packages are missing, and there is no sudo; as root: apt-get install ${missing[*]}"
        say "Installing, with sudo, what is missing here for: $*" \
            "(${#missing[@]} Debian packages: ${missing[*]})"
    fi
    # One unreachable source of several need not matter; if it does, the installation fails.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q -o DPkg::Lock::Timeout=300 >&2 \
        || say "apt-get update had problems; trying to install all the same."
    apt_install "${missing[@]}" || fail "apt-get could not install the packages above."
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
