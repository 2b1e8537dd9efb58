// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/logline.h"

namespace tocsin {

/// From now on, everything that is logged goes to standard error, a line each, from that level on:
/// as the journal wants it where it is the journal, with time and level otherwise. Once in a
/// process.
void installLogOutput(LogFormat format, LogLevel level);

/// Tells why the program ends: in one sentence where a person reads, else as a line like the
/// others.
void tellOfFailure(const QString &message);

} // namespace tocsin
