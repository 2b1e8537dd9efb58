#!/usr/bin/env bash
# Holds what the shared libraries export against packaging/abi, which is what programs that were built
# with this major version rely on. What is missing or has another signature is an error; what is new is
# not, and is put down with --update before a release.
#
#   scripts/abi.sh [--update] [DIRECTORY_OF_LIBRARIES]
#
# Of names only: what a class holds is watched by nobody here, and is kept by pimpl for the installed
# QObjects and by review for the values.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

update=no
if [[ ${1-} == --update ]]; then
    update=yes
    shift
fi
libraries=$(realpath "${1:-$root/build/dev/lib}")
abi=$root/packaging/abi

# Strong definitions, as a person reads them: a weak one is an inline function, which another
# compiler, or another level of optimisation, may leave out.
exported() {
    nm --dynamic --defined-only --demangle "$1" | sed -nE 's/^[0-9a-f]+ [TBDR] //p' \
        | grep -E '^(tocsin::|.*[ *&]tocsin::|vtable for tocsin|qml_register_types_)' | LC_ALL=C sort -u
}

problems=0
for name in Protocol Client Incidents Gateway Qml; do
    library=$libraries/libTocsin$name.so
    reference=$abi/libTocsin$name.symbols
    [[ -e $library ]] || fail "there is no $library; build it first"
    if [[ $update == yes ]]; then
        mkdir -p "$abi"
        exported "$library" >"$reference"
        say "$reference: $(wc -l <"$reference") symbols"
        continue
    fi
    lost=$(LC_ALL=C comm -23 "$reference" <(exported "$library"))
    if [[ -n $lost ]]; then
        say "libTocsin$name does not export any more:"$'\n'"$lost"
        problems=$((problems + 1))
    fi
done
[[ $problems -eq 0 ]] || fail "programs that use these would not start. A new major version may do that; \
before the first release, scripts/abi.sh --update puts it down."
