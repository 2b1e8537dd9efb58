// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace tocsin {

/// `tocsin-gateway migrate`; returns what the program is to exit with. Says on standard error how
/// far it is.
[[nodiscard]] int runMigrateCommand(const QStringList &arguments);

} // namespace tocsin
