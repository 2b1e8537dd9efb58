# Debian roots beside the machine's own, made with mmdebstrap and entered as root; sourced by
# debian13.sh and release-check.sh after lib.sh.
# SPDX-License-Identifier: MIT
# shellcheck shell=bash disable=SC2154 # lib.sh sets root

# Where roots are kept between runs.
cache=${TOCSIN_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tocsin}
export cache

# suite_of RELEASE
suite_of() {
    case $1 in
    12) printf 'bookworm\n' ;;
    13) printf 'trixie\n' ;;
    *) fail "there is no Debian $1 here; 12 and 13 are" ;;
    esac
}

# The Debian archive in apt's own configuration, however that is written. Known after an update only.
own_mirror() {
    # shellcheck disable=SC2016 # apt's own placeholders
    apt-get indextargets --format '$(CREATED_BY) $(ORIGIN) $(LABEL) $(REPO_URI)' \
        | awk '$1 == "Packages" && $2 == "Debian" && $3 == "Debian" && !found { found = 1; print $4 }'
}

# make_root TARGET RELEASE PACKAGES [mmdebstrap option…]: from the mirror that this machine's apt uses,
# or from $DEBIAN_MIRROR. TARGET is a directory, or a file whose name ends in .tar; PACKAGES are
# separated by commas. An ordinary user `tocsin` is in it: to root no file is unreadable, and no folder
# is locked.
make_root() {
    local target=$1 release=$2 wanted=$3 mirror proxy='' options=()
    shift 3
    mirror=${DEBIAN_MIRROR:-$(own_mirror)}
    if [[ -z $mirror ]]; then
        quietly "Asking apt for its sources" as_root apt-get update -q
        mirror=$(own_mirror)
    fi
    [[ -n $mirror ]] || fail "no Debian mirror stands in apt's sources; name one in DEBIAN_MIRROR"
    eval "$(apt-config shell proxy Acquire::http::Proxy)"
    if [[ -n $proxy ]]; then options+=(--aptopt="Acquire::http::Proxy \"$proxy\";"); fi

    # Never into what may be mounted there: /dev is the machine's own.
    as_root rm -rf --one-file-system "$target"
    mkdir -p "$(dirname "$target")"
    # shellcheck disable=SC2016 # the hook's own $1
    quietly "Making a Debian $release root in $target" \
        as_root mmdebstrap --variant=apt --include="passwd,$wanted" "${options[@]}" "$@" \
        --customize-hook='chroot "$1" useradd --create-home --home-dir /srv/tocsin --shell /bin/bash tocsin' \
        "$(suite_of "$release")" "$target" "$mirror"
}

# copy_sources DIRECTORY: what git has, and what is new and not ignored, as it is in the tree now.
# Times are kept, so that a build compiles only what changed.
copy_sources() {
    local source=$1
    as_root rm -rf --one-file-system "$source"
    as_root mkdir -p "$source"
    cd "$root" || return
    git ls-files -z --cached --others --exclude-standard \
        | while IFS= read -r -d '' file; do
            if [[ -e $file ]]; then printf '%s\0' "$file"; fi
        done \
        | tar --create --null --no-recursion --files-from=- \
        | as_root tar --extract --no-same-owner --directory="$source"
}

# in_root ROOT COMMAND…: in namespaces of its own, so that what is mounted and what still runs is gone
# when the command ends, however it ends.
in_root() {
    # shellcheck disable=SC2016 # for the inner shell
    as_root unshare --mount --pid --fork --kill-child bash -c '
        set -euo pipefail
        directory=$1
        shift
        # A root of its own rather than chroot: in that, nobody may make namespaces, as tests do.
        mount --rbind "$directory" "$directory"
        mount -t proc proc "$directory/proc"
        mount --rbind /dev "$directory/dev"
        mount -t tmpfs -o mode=1777 tmpfs "$directory/tmp"
        cd "$directory"
        mkdir -p .outside
        pivot_root . .outside
        chroot /.outside umount --lazy /
        exec "$@"' bash "$@"
}

# as_user_in_root ROOT COMMAND…: as that ordinary user, with nothing of the machine's environment.
as_user_in_root() {
    local directory=$1
    shift
    in_root "$directory" /usr/sbin/runuser --user tocsin -- env -i HOME=/srv/tocsin USER=tocsin \
        LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin TERM="${TERM-dumb}" "$@"
}
