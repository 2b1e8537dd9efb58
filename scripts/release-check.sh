#!/usr/bin/env bash
# Checks what a release consists of, in Debian roots where nobody has been before:
#
#   packages   builds the Debian packages, without a complaint of lintian
#   install    installs, starts, upgrades, removes and purges them
#   examples   builds and runs the examples with what is installed
#
#   scripts/release-check.sh [--debian 12|13] [--only PART] [--fresh]
#
# Without options all of it on both. --only may be given several times; `install` and `examples` take
# the packages that `packages` has made before. --fresh makes the roots anew, which are kept in
# ${TOCSIN_CACHE:-${XDG_CACHE_HOME:-~/.cache}/tocsin}. Needs root, and takes it with sudo.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=scripts/roots.sh
source "$root/scripts/roots.sh"

releases=(12 13)
parts=()
fresh=no
while [[ $# -gt 0 ]]; do
    case $1 in
    --debian)
        suite_of "${2:?--debian needs 12 or 13}" >/dev/null
        releases=("$2")
        shift
        ;;
    --only)
        case ${2-} in
        packages | install | examples) parts+=("$2") ;;
        *) fail "--only takes packages, install or examples" ;;
        esac
        shift
        ;;
    --fresh) fresh=yes ;;
    *) fail "there is no option $1" ;;
    esac
    shift
done
[[ ${#parts[@]} -gt 0 ]] || parts=(packages install examples)

# Built where only what scripts/packages.txt has for it is there, so that nothing else is relied on.
check_packages() {
    local release=$1 builder=$cache/builder-$1 recipe
    recipe=$(packages "$release" build run package | paste -sd, -)
    if [[ $fresh == yes || ! -e $builder/.recipe || $(<"$builder/.recipe") != "$recipe" ]]; then
        make_root "$builder" "$release" "$recipe"
        printf '%s\n' "$recipe" | as_root tee "$builder/.recipe" >/dev/null
    fi
    local source=$builder/srv/tocsin/source
    # With what was built there before: of another tree, files may be older than it, and different.
    quietly "Copying the tree" copy_sources "$source"
    in_root "$builder" chown -R tocsin: /srv/tocsin
    as_user_in_root "$builder" /srv/tocsin/source/scripts/package.sh
    as_root rm -rf "$cache/packages-$release"
    as_root cp -r "$source/build/package/packages" "$cache/packages-$release"
}

# in_clean_root RELEASE SCRIPT: a root with nothing in it but apt, with the packages in /srv/packages
# and the tree in /srv/source; gone after.
in_clean_root() (
    release=$1
    script=$2
    tar=$cache/clean-$release.tar
    packages=$cache/packages-$release
    compgen -G "$packages/*.deb" >/dev/null \
        || fail "there are no packages in $packages: scripts/release-check.sh --debian $release --only packages"
    if [[ $fresh == yes || ! -e $tar ]]; then make_root "$tar" "$release" ca-certificates; fi
    clean=$(as_root mktemp -d "$cache/clean.XXXXXX")
    trap 'as_root rm -rf --one-file-system "$clean"' EXIT
    quietly "Unpacking a clean Debian $release" as_root tar -C "$clean" -xf "$tar"
    # Who runs a resolver of their own has a link there.
    as_root cp --remove-destination -L /etc/resolv.conf "$clean/etc/resolv.conf"
    as_root cp -r "$packages" "$clean/srv/packages"
    quietly "Copying the tree" copy_sources "$clean/srv/source"
    in_root "$clean" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        DEBIAN_FRONTEND=noninteractive "/srv/source/$script"
)

install_packages debian13
for release in "${releases[@]}"; do
    for part in "${parts[@]}"; do
        say "Debian $release, $part:"
        case $part in
        packages) check_packages "$release" ;;
        install) in_clean_root "$release" tests/install/lifetime.sh ;;
        examples) in_clean_root "$release" tests/install/packaged-examples.sh ;;
        esac
    done
done
say "release-check: nothing to complain about (Debian ${releases[*]}: ${parts[*]})."
