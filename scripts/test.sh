#!/usr/bin/env bash
# Installs what is missing, builds everything, checks its form (scripts/lint.sh), and runs every test.
# Arguments go to ctest: scripts/test.sh -R client
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

install_packages build run test lint
cd "$root"
quietly "Configuring" cmake --preset dev
say "Building …"
cmake --build --preset dev
scripts/lint.sh
say "Testing …"
ctest --preset dev --no-tests=error "$@"
