#!/usr/bin/env bash
# Builds Tocsin and runs its tests in a Debian 13 root, with Qt 6.8 and g++ 14. The root is made once
# with mmdebstrap and kept in a cache; --fresh makes it anew. Needs root, for chroot. Further arguments
# go to ctest.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[[ $(id -u) -eq 0 ]] || exec sudo "$0" "$@"

cache=${TOCSIN_CACHE:-/var/cache/tocsin}
trixie=$cache/debian13
if [[ ${1-} == --fresh ]]; then
    shift
    rm -rf "$trixie"
fi

# The mirror that this machine uses itself.
# shellcheck disable=SC2016 # apt's own placeholder
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -n 1)
[[ -n $mirror ]] || fail "no Debian mirror stands in this machine's apt sources"

if [[ ! -e $trixie/.complete ]]; then
    command -v mmdebstrap >/dev/null || {
        say "Installing mmdebstrap."
        DEBIAN_FRONTEND=noninteractive apt-get update -q
        DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends mmdebstrap
    }
    mkdir -p "$cache"
    rm -rf "$trixie"
    include=$(packages build run test | paste -sd, -)
    quietly "Making a Debian 13 root in $trixie" \
        mmdebstrap --variant=apt --include="$include,git,ca-certificates" trixie "$trixie" "$mirror"
    touch "$trixie/.complete"
fi

cleanup() {
    umount "$trixie/proc" "$trixie/dev" 2>/dev/null || true
}
trap cleanup EXIT
mount -t proc proc "$trixie/proc"
mount --rbind /dev "$trixie/dev" && mount --make-rslave "$trixie/dev"

say "Copying the tree …"
cd "$root"
rm -rf "$trixie/tocsin/source"
mkdir -p "$trixie/tocsin/source"
git ls-files -z | tar --null -T - -cf - | tar -xf - -C "$trixie/tocsin/source"

cat >"$trixie/tocsin/run" <<'EOF'
set -eu
cd /tocsin/source
qtpaths6 --qt-version 2>/dev/null || /usr/lib/qt6/bin/qtpaths --qt-version
g++ --version | head -n 1
cmake -S . -B /tocsin/build -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCMAKE_CXX_FLAGS_RELWITHDEBINFO='-O1 -g1' -DTOCSIN_WARNINGS_AS_ERRORS=ON >/dev/null
cmake --build /tocsin/build
cd /tocsin/build
exec ctest --output-on-failure --no-tests=error "$@"
EOF
say "Building and testing …"
env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM="${TERM-dumb}" \
    chroot "$trixie" bash /tocsin/run "$@"
