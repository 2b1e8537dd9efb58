#!/usr/bin/env bash
# Installs what is missing, builds everything, checks its form (scripts/lint.sh), and runs every test.
# With --fuzz, and where CI=true is set, it also fuzzes for a minute (scripts/fuzz.sh). Other arguments
# go to ctest: scripts/test.sh -R client. Tests run side by side, as most of them wait most of the time.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

fuzzes=no
if [[ ${CI-} == true ]]; then fuzzes=yes; fi
if [[ ${1-} == --fuzz ]]; then
    fuzzes=yes
    shift
fi

SECONDS=0
install_packages build run test lint
cd "$root"
quietly "Configuring" cmake --preset dev
say "Building …"
cmake --build --preset dev
built_in=$SECONDS

# Each to its end, whatever the other found: one round shows all that is wrong.
status=0
lint=passed
tests=passed
scripts/lint.sh || { lint=FAILED && status=1; }
say "Testing …"
ctest --preset dev --no-tests=error -j "$(($(nproc) * 2))" "$@" || { tests=FAILED && status=1; }

# Half a minute each: enough to find what a change has just broken.
fuzzers='not run (--fuzz runs them)'
if [[ $fuzzes == yes ]]; then
    fuzzers=passed
    scripts/fuzz.sh 30 || { fuzzers=FAILED && status=1; }
fi

printf '\nSummary: lint %s, tests %s, fuzzers %s; %d s, of them %d s to install and build.\n' \
    "$lint" "$tests" "$fuzzers" "$SECONDS" "$built_in"
exit "$status"
