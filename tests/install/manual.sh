#!/usr/bin/env bash
# Each option that a program tells with --help stands in its manual and is completed by a shell, and
# neither has one that there is not.
#
#   manual.sh DIRECTORY_OF_PROGRAMS DIRECTORY_OF_MANUAL DIRECTORY_OF_COMPLETIONS
# SPDX-License-Identifier: MIT
set -euo pipefail

programs=$1
manual=$2
completions=$3
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
problems=0

options() { grep -oE -- '--[a-z][a-z-]*' | sort -u; }

# compare PROGRAM WHERE FILE: against what is told.
compare() {
    local missing more
    missing=$(comm -23 "$work/told" "$3" | paste -sd' ')
    more=$(comm -13 "$work/told" "$3" | paste -sd' ')
    if [[ -n $missing ]]; then
        printf '%s: %s does not have %s\n' "$1" "$2" "$missing" >&2
        problems=$((problems + 1))
    fi
    if [[ -n $more ]]; then
        printf '%s: %s has %s, which there is not\n' "$1" "$2" "$more" >&2
        problems=$((problems + 1))
    fi
}

for program in tocsin tocsin-watch tocsin-gateway; do
    {
        "$programs/$program" --help
        if [[ $program == tocsin-gateway ]]; then
            "$programs/$program" token new --help
            "$programs/$program" backup --help
            "$programs/$program" restore --help
            "$programs/$program" migrate --help
        fi
    } >"$work/help"
    # The descriptions name options too: those of the first column count.
    grep -oE '^ +(-[a-zA-Z?], )*--[a-z-]+' "$work/help" | options >"$work/told"
    [[ $(wc -l <"$work/told") -ge 8 ]] || {
        printf '%s tells hardly any option\n' "$program" >&2
        exit 1
    }
    sed 's/\\-/-/g' "$manual/$program.1" | grep -v '^\.\\"' | options >"$work/manual"
    compare "$program" 'its manual' "$work/manual"
    # As a shell would: what is completed after the name and two dashes, in each place.
    grep -vE '^#' "$completions/$program" | options >"$work/completed"
    compare "$program" 'its completion' "$work/completed"
done
[[ $problems -eq 0 ]]
