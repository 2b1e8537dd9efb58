#!/usr/bin/env bash
# Compiles each installed header alone.
#
#   headers.sh PREFIX WORK_DIRECTORY [cmake option…]
# SPDX-License-Identifier: MIT
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
rm -rf "$2"
mkdir -p "$2"
{
    cmake -S "$here/headers" -B "$2" -G Ninja "-DCMAKE_PREFIX_PATH=$1" -DCMAKE_BUILD_TYPE=Debug \
        '-DCMAKE_CXX_FLAGS=-Wall -Wextra -Werror -O0 -g0' "${@:3}"
    cmake --build "$2" -- -k 0
} >"$2/log" 2>&1 || {
    cat "$2/log" >&2
    exit 1
}
