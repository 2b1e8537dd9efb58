#!/usr/bin/env bash
# The examples, built and run with the packages of /srv/packages, in a root where nothing else is:
# scripts/release-check.sh runs it there.
# SPDX-License-Identifier: MIT
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
apt-get update -q >/dev/null
# The compiler and the tools are the reader's own; what Tocsin needs comes with it.
apt-get install -yq --no-install-recommends g++ cmake ninja-build curl /srv/packages/*.deb >/tmp/apt.log 2>&1 \
    || {
        cat /tmp/apt.log >&2
        exit 1
    }
# What is installed as documentation is what is tried.
diff -r "$here/../../examples" /usr/share/doc/libtocsin-dev/examples
"$here/headers.sh" /usr /tmp/headers
exec "$here/examples.sh" /usr /tmp/examples
