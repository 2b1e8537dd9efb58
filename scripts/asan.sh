#!/usr/bin/env bash
# Builds with AddressSanitizer and UndefinedBehaviorSanitizer and runs every test. Arguments go to
# ctest.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

install_packages build run test
cd "$root"
quietly "Configuring" cmake --preset asan
say "Building …"
cmake --build --preset asan
say "Testing …"
export LSAN_OPTIONS="suppressions=$root/scripts/lsan.supp:print_suppressions=0"
ctest --preset asan --no-tests=error "$@"
