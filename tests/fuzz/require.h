// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <cstdio>
#include <cstdlib>

namespace tocsin {

/// Ends the program with a finding, which libFuzzer then keeps the input of.
inline void require(bool holds, const char *promise, const QString &details = {})
{
    if (holds)
        return;
    std::fprintf(stderr, "Broken promise: %s\n%s\n", promise, qPrintable(details));
    std::abort();
}

} // namespace tocsin
