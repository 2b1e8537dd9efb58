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
# shellcheck source=scripts/roots.sh
source "$root/scripts/roots.sh"

trixie=$cache/trixie
fresh=no
if [[ ${1-} == --fresh ]]; then
    fresh=yes
    shift
fi

# What the root is made from; another list makes another root.
recipe() { packages 13 build run test | paste -sd, -; }

install_packages debian13
if [[ $fresh == yes || ! -e $trixie/.recipe || $(<"$trixie/.recipe") != "$(recipe)" ]]; then
    make_root "$trixie" 13 "$(recipe)"
    recipe | as_root tee "$trixie/.recipe" >/dev/null
fi
quietly "Copying the tree" copy_sources "$trixie/srv/tocsin/source"

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
in_root "$trixie" chown -R tocsin: /srv/tocsin
as_user_in_root "$trixie" build-and-test "$@"
