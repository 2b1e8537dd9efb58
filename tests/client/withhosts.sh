#!/bin/sh
# Runs a program that sees another /etc/hosts, within a mount namespace that may change it:
#   unshare --user --map-root-user --mount withhosts.sh FILE PROGRAM [ARGUMENT…]
# SPDX-License-Identifier: MIT
set -eu
mount --bind "$1" /etc/hosts
shift
exec "$@"
