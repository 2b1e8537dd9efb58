// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "commandline.h"

namespace tocsin {

/// Runs the program as a display on a wall until it is told to end; the status that it ends with.
/// The application and its translations are there already.
[[nodiscard]] int runKiosk(const CommandLine &commandLine);

/// The screens that are connected, a line each, as a configuration names them.
[[nodiscard]] QString screenList();

} // namespace tocsin
