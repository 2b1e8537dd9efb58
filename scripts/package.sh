#!/usr/bin/env bash
# Builds the Debian packages for this Debian, and has lintian judge them.
#
#   scripts/package.sh [--output DIRECTORY]
#
# They are in build/package/packages, or moved to DIRECTORY. docs/install.md says what is in each.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

output=
case ${1-} in
--output) output=$(realpath -m "${2:?--output needs a directory}") ;;
'') ;;
*) fail "there is no option $1; --output DIRECTORY is the only one" ;;
esac

install_packages build run package
cd "$root"
build=build/package

# As Debian builds its own; what a debugger needs is not packaged.
export DEB_BUILD_MAINT_OPTIONS=hardening=+all
export DEB_CXXFLAGS_MAINT_STRIP=-g
CXXFLAGS="$(dpkg-buildflags --get CXXFLAGS) $(dpkg-buildflags --get CPPFLAGS)"
LDFLAGS="$(dpkg-buildflags --get LDFLAGS) -Wl,--as-needed"
export CXXFLAGS LDFLAGS

quietly "Configuring" cmake --preset package
say "Building …"
cmake --build --preset package
rm -rf "$build/packages"
quietly "Packing" cmake --build --preset package --target package

# Errors and warnings alike; what is left out has its reason beside it.
say "Judging with lintian …"
lintian --fail-on error,warning --suppress-tags-from-file packaging/debian/lintian-suppressed \
    "$build"/packages/*.deb || fail "lintian complains; see above"

if [[ -n $output ]]; then
    mkdir -p "$output"
    mv "$build"/packages/*.deb "$output"
    build=
fi
say "The packages:"
ls -1 "${output:-$root/$build/packages}"/*.deb
