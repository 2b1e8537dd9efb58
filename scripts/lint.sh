#!/usr/bin/env bash
# Checks form: formatting, floors, QML, scripts, desktop files. Needs the dev preset configured (for
# qmllint). With --all it also runs clang-tidy over everything, which takes minutes; without, over the
# C++ files that differ from the last commit.
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

all=no
case ${1-} in
--all) all=yes ;;
'') ;;
*) fail "there is no option $1; --all is the only one" ;;
esac

install_packages lint
cd "$root"
build=build/dev
problems=0
problem() {
    say "lint: $*"
    problems=$((problems + 1))
}

mapfile -t cpp < <(git ls-files '*.cpp' '*.h')
mapfile -t shell < <(git ls-files 'scripts/*.sh' 'tests/*.sh' 'packaging/*.sh' '.ci/run')

say "Formatting of ${#cpp[@]} C++ files …"
clang-format-19 --dry-run -Werror "${cpp[@]}" || problem "run: clang-format-19 -i on the files above"

say "Floors …"
# includes_of DIRECTORY PATTERN MESSAGE: no file below the directory may include what matches.
includes_of() {
    local found
    found=$(git grep -nE "^#include [<\"]($2)" -- "$1" || true)
    if [[ -n $found ]]; then problem "$3:"$'\n'"$found"; fi
}
includes_of core/protocol '(client|incidents|gateway)/' "core/protocol is the lowest floor"
includes_of core/client '(incidents|gateway)/' "core/client may use core/protocol only"
includes_of core/incidents 'gateway/' "core/incidents does not know the gateway"
includes_of core/gateway '(client|incidents)/' "core/gateway may use core/protocol only"
includes_of core '(QtQuick|QtQml|QtGui|QtWidgets|QQuick|QQml|QGui|QWindow|qqml)' "core/ knows no GUI"
found=$(git grep -nwE 'QML_(ELEMENT|NAMED_ELEMENT|SINGLETON|FOREIGN|ANONYMOUS|UNCREATABLE)' -- core || true)
if [[ -n $found ]]; then problem "core's types are made known to QML in qml/:"$'\n'"$found"; fi
found=$(git grep -nE '^#include "' -- core | grep -vE '#include "((protocol|client|incidents|gateway)/[a-z0-9_]+\.h|[a-z0-9_]+\.moc)"' || true)
if [[ -n $found ]]; then problem "core's own headers are included as \"floor/name.h\":"$'\n'"$found"; fi

say "Licence heads …"
found=$(git grep -L 'SPDX-License-Identifier: MIT' -- '*.cpp' '*.h' '*.qml' '*.sh' .ci/run || true)
if [[ -n $found ]]; then problem "no SPDX head in:"$'\n'"$found"; fi

say "Paths of one machine …"
found=$(git grep -nIE '(^|[^[:alnum:]_.])/(home|root|work|Users)/' -- ':!scripts/lint.sh' || true)
if [[ -n $found ]]; then problem "absolute paths of somebody's machine:"$'\n'"$found"; fi

say "Translations …"
scripts/translations.sh --check || problem "see above what is not translated"

say "Scripts …"
shellcheck -x "${shell[@]}" || problem "shellcheck has found something above"

say "Desktop entry and metadata …"
mapfile -t desktop < <(git ls-files 'resources/*.desktop')
mapfile -t metainfo < <(git ls-files 'resources/*.metainfo.xml')
desktop-file-validate "${desktop[@]}" || problem "the desktop entry does not validate"
appstreamcli validate --no-net "${metainfo[@]}" >/dev/null \
    || problem "the metadata does not validate: appstreamcli validate --no-net ${metainfo[*]}"

if [[ -f $build/CMakeCache.txt ]]; then
    # Read to its end: cut short, CMake would fail, and the check be passed over without a word.
    if cmake --build "$build" --target help | grep '^all_qmllint' >/dev/null; then
        say "QML …"
        log=$(mktemp)
        cmake --build "$build" --target all_qmllint >"$log" 2>&1 || problem "qmllint fails"
        if grep -E '^(Warning|Error):' "$log" >&2; then problem "qmllint has found the above"; fi
        rm -f "$log"
    fi
    if [[ $all == yes ]]; then
        mapfile -t tidy < <(git ls-files 'core/*.cpp' 'qml/*.cpp' 'app/*.cpp')
    else
        mapfile -t tidy < <(git diff --name-only --diff-filter=d HEAD -- 'core/*.cpp' 'qml/*.cpp' 'app/*.cpp')
    fi
    if [[ ${#tidy[@]} -gt 0 ]]; then
        say "clang-tidy over ${#tidy[@]} files …"
        printf '%s\0' "${tidy[@]}" \
            | xargs -0 -n 1 -P "$(nproc)" timeout 300 clang-tidy-19 -p "$build" --quiet 2>/dev/null \
            || problem "clang-tidy has found the above"
    fi
else
    say "No $build: qmllint and clang-tidy were left out (cmake --preset dev)."
fi

if [[ $problems -gt 0 ]]; then fail "$problems problem(s); they stand above."; fi
say "lint: nothing to complain about."
