// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <cstdio>

namespace tocsin {

/// Both say why a command did not do its work, and return what the program is to exit with: where
/// the command line is wrong, and where the work failed.
inline int refuse(const QString &message)
{
    std::fprintf(stderr, "tocsin-gateway: %s\n", qUtf8Printable(message));
    return 2;
}

inline int fail(const Error &error)
{
    std::fprintf(stderr, "tocsin-gateway: %s\n", qUtf8Printable(error.message));
    return 1;
}

} // namespace tocsin
