#!/usr/bin/env bash
# Makes the reference of the installed headers with Doxygen, in build/documentation/html. A warning is
# an error, and so is a class or a struct that nothing says a word about.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

[[ $# -eq 0 ]] || fail "there are no options"
install_packages documentation
cd "$root"
output=build/documentation
rm -rf "$output"
mkdir -p "$output"

# The headers that CMake installs, from where it has them.
headers=()
for floor in core/protocol core/client core/incidents core/gateway qml; do
    mapfile -t names < <(sed -n '/HEADERS/,/SOURCES\|PUBLIC/p' "$floor/CMakeLists.txt" | grep -oE '[a-z]+\.h\b')
    [[ ${#names[@]} -ge 5 ]] || fail "$floor/CMakeLists.txt has hardly any header to be installed"
    headers+=("${names[@]/#/$root/$floor/}")
done
version=$(sed -nE 's/^project\(Tocsin VERSION ([0-9.]+).*/\1/p' CMakeLists.txt)

# configure UNDOCUMENTED AS_ERROR
configure() {
    sed -e "s|@VERSION@|$version|; s|@OUTPUT@|$root/$output|; s|@ROOT@|$root|g" \
        -e "s|@HEADERS@|${headers[*]}|; s|@UNDOCUMENTED@|$1|; s|@AS_ERROR@|$2|" docs/Doxyfile.in
}
configure NO FAIL_ON_WARNINGS >"$output/Doxyfile"
quietly "Making the reference of ${#headers[@]} headers" doxygen "$output/Doxyfile"

# A member may speak for itself, and so do the tables of fields and of words; a type does not.
configure YES NO >"$output/Doxyfile.undocumented"
undocumented=$(doxygen "$output/Doxyfile.undocumented" 2>&1 >/dev/null \
    | grep -E 'Compound .* is not documented' | grep -vE 'tocsin::(Schema|EnumNames)<' || true)
[[ -z $undocumented ]] || fail "nothing is said of:"$'\n'"$undocumented"
say "documentation: $root/$output/html/index.html"
