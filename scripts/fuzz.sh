#!/usr/bin/env bash
# Builds the libFuzzer harnesses of tests/fuzz with the sanitizers and runs each for a while; fails
# where one finds something, and says what to run to see it again.
#   scripts/fuzz.sh [seconds for each, 60 by default]
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seconds=${1:-60}
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail "how many seconds each harness runs is a number, not: $seconds"

install_packages build fuzz
cd "$root"
quietly "Configuring" cmake --preset fuzz
quietly "Building the fuzzers" cmake --build --preset fuzz

findings=0
for name in decoder ledger; do
    # What a run finds worth keeping stays in build/, for the next run to go on from; the seeds in
    # the tree are only read.
    found=build/fuzz/corpus/$name
    artifacts=build/fuzz/findings/$name
    mkdir -p "$found" "$artifacts"
    options=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1
        -artifact_prefix="$artifacts/")
    if [[ -f tests/fuzz/$name.dict ]]; then options+=(-dict="tests/fuzz/$name.dict"); fi
    say "Fuzzing the $name for $seconds s …"
    if "build/fuzz/bin/fuzz_$name" "${options[@]}" "$found" "tests/fuzz/corpus/$name" \
        >"$artifacts/log" 2>&1; then
        say "  $(sed -n 's/^stat::number_of_executed_units: *//p' "$artifacts/log") inputs, no finding."
        continue
    fi
    findings=$((findings + 1))
    # libFuzzer's own account of it, without the progress before.
    tail -n 60 "$artifacts/log" >&2
    artifact=$(sed -n 's/.*Test unit written to //p' "$artifacts/log" | tail -n 1)
    say "fuzz_$name has found something; all it said is in $artifacts/log."
    if [[ -n $artifact ]]; then say "To see it again: build/fuzz/bin/fuzz_$name $artifact"; fi
done
if [[ $findings -gt 0 ]]; then fail "$findings of the harnesses found something; it stands above."; fi
