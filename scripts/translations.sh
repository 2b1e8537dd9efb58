#!/usr/bin/env bash
# Writes every text that a person sees and that is not there yet into the files to be translated,
# resources/translations/tocsin_*.ts, and takes out those that are gone. Then translate what is
# "unfinished" there, by hand or with Qt Linguist. English is there for its plurals only.
#
#   scripts/translations.sh            write
#   scripts/translations.sh --check    change nothing; fail where something is not translated
# SPDX-License-Identifier: MIT
set -euo pipefail
# shellcheck source=scripts/lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cd "$root"
check=no
case ${1-} in
--check) check=yes ;;
'') ;;
*) fail "there is no option $1; --check is the only one" ;;
esac

lupdate=$(command -v lupdate6 || echo /usr/lib/qt6/bin/lupdate)
lrelease=$(command -v lrelease6 || echo /usr/lib/qt6/bin/lrelease)
[[ -x $lupdate && -x $lrelease ]] || fail "lupdate and lrelease of Qt 6 are needed (qt6-l10n-tools)"

files=resources/translations
if [[ $check == yes ]]; then
    files=$(mktemp -d)
    trap 'rm -rf "$files"' EXIT
    cp resources/translations/*.ts "$files"
fi

# update LANGUAGE OPTION…
update() {
    local language=$1
    shift
    # Without the lines where a text stands: they change with every commit. Classes are in a namespace,
    # which lupdate finds out by the headers.
    quietly "Reading the texts for $language" "$lupdate" -I . -I core -locations none -no-obsolete \
        -source-language en -target-language "$language" "$@" core qml app -ts "$files/tocsin_$language.ts"
}
update en -pluralonly
update de

[[ $check == yes ]] || exit 0
problems=0
for file in "$files"/*.ts; do
    if grep -q 'type="unfinished"' "$file"; then
        grep -B 2 -A 4 'type="unfinished"' "$file" | grep '<source>' >&2 || true
        say "Not translated in resources/translations/${file##*/}: the texts above. Run scripts/translations.sh"
        problems=1
    elif ! diff <(grep '<source>' "resources/translations/${file##*/}" | sort) \
        <(grep '<source>' "$file" | sort) >&2; then
        say "resources/translations/${file##*/} is not what the sources say. Run scripts/translations.sh"
        problems=1
    fi
done
exit "$problems"
