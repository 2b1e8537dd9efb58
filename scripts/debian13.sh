#!/usr/bin/env bash
# Builds Tocsin and runs its tests in a Debian 13 root, with Qt 6.8 and g++ 14. The root (2 GB) is
# made with mmdebstrap from the mirror that this machine's apt uses, or from $DEBIAN_MIRROR, and kept
# with the build in ${TOCSIN_CACHE:-${XDG_CACHE_HOME:-~/.cache}/tocsin}. It is made anew when
# scripts/packages.txt changes, or with --fresh. Needs root, and takes it with sudo. Further arguments
# go to ctest.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cache=${TOCSIN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tocsin}
trixie=$cache/trixie
fresh=no
if [[ ${1-} == --fresh ]]; then
    fresh=yes
    shift
fi

# What the root is made from; another list makes another root.
recipe() { packages 13 build run test | paste -sd, -; }

# The Debian archive in apt's own configuration, however that is written. Known after an update only.
own_mirror() {
    # shellcheck disable=SC2016 # apt's own placeholders
    apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(LABEL) $(REPO_URI)' \
        | awk '$1 == "Packages" && $2 == "Debian" && $3 == "Debian" && !found { found = 1; print $4 }'
}

make_root() {
    local mirror proxy='' options=()
    mirror=${DEBIAN_MIRROR:-$(own_mirror)}
    if [[ -z $mirror ]]; then
        quietly "Asking apt for its sources" as_root apt-get update -q
        mirror=$(own_mirror)
    fi
    [[ -n $mirror ]] || fail "no Debian mirror stands in apt's sources; name one in DEBIAN_MIRROR"
    eval "$(apt-config shell proxy Acquire::http::Proxy)"
    if [[ -n $proxy ]]; then options+=(--aptopt="Acquire::http::Proxy \"$proxy\";"); fi

    # Never into what may be mounted there: /dev is the machine's own.
    as_root rm -rf --one-file-system "$trixie"
    mkdir -p "$cache"
    # The tests run as an ordinary user: to root no file is unreadable, and no folder is locked.
    # shellcheck disable=SC2016 # the hook's own $1
    quietly "Making a Debian 13 root in $trixie" \
        as_root mmdebstrap --variant=apt --include="$(recipe)" "${options[@]}" \
        --customize-hook='chroot "$1" useradd --create-home --home-dir /srv/tocsin --shell /bin/bash tocsin' \
        trixie "$trixie" "$mirror"
    recipe | as_root tee "$trixie/.recipe" >/dev/null
}

# What git has, and what is new and not ignored, as it is in the tree now. Times are kept, so that the
# build compiles only what changed.
copy_sources() {
    local source=$trixie/srv/tocsin/source
    as_root rm -rf --one-file-system "$source"
    as_root mkdir -p "$source"
    cd "$root"
    git ls-files -z --cached --others --exclude-standard \
        | while IFS= read -r -d '' file; do
            if [[ -e $file ]]; then printf '%s\0' "$file"; fi
        done \
        | tar --create --null --no-recursion --files-from=- \
        | as_root tar --extract --no-same-owner --directory="$source"
}

# in_root COMMAND…: in namespaces of its own, so that what is mounted and what still runs is gone when
# the command ends, however it ends.
in_root() {
    # shellcheck disable=SC2016 # for the inner shell
    as_root unshare --mount --pid --fork --kill-child bash -c '
        set -euo pipefail
        trixie=$1
        shift
        # A root of its own rather than chroot: in that, nobody may make namespaces, as tests do.
        mount --rbind "$trixie" "$trixie"
        mount -t proc proc "$trixie/proc"
        mount --rbind /dev "$trixie/dev"
        mount -t tmpfs -o mode=1777 tmpfs "$trixie/tmp"
        cd "$trixie"
        mkdir -p .outside
        pivot_root . .outside
        chroot /.outside umount --lazy /
        exec "$@"' bash "$trixie" "$@"
}

install_packages debian13
if [[ $fresh == yes || ! -e $trixie/.recipe || $(<"$trixie/.recipe") != "$(recipe)" ]]; then
    make_root
fi
quietly "Copying the tree" copy_sources

as_root tee "$trixie/usr/local/bin/build-and-test" >/dev/null <<'EOS'
#!/bin/bash
set -euo pipefail
cd ~/source
qmake6 -query QT_VERSION | sed 's/^/Qt /'
g++ --version | head -n 1
log=~/configure.log
cmake --preset dev -B ~/build >"$log" 2>&1 || { cat "$log"; exit 1; }
cmake --build ~/build -- -k 0
cd ~/build
exec ctest --output-on-failure --no-tests=error "$@"
EOS
as_root chmod 755 "$trixie/usr/local/bin/build-and-test"
say "Building and testing …"
in_root chown -R tocsin: /srv/tocsin
in_root /usr/sbin/runuser --user tocsin -- env -i HOME=/srv/tocsin USER=tocsin LANG=C.UTF-8 \
    PATH=/usr/local/bin:/usr/bin:/bin TERM="${TERM-dumb}" build-and-test "$@"
