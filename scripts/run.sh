#!/usr/bin/env bash
# Builds Tocsin where that is needed and opens the dashboard; all arguments are the dashboard's
# (scripts/run.sh --help shows them).
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

install_packages build run
# A file that is named on the command line is meant from here.
here=$PWD
cd "$root"
quietly "Configuring" cmake --preset release
quietly "Building (a few minutes the first time)" cmake --build --preset release --target tocsin
cd "$here"
exec "$root/build/release/bin/tocsin" "$@"
