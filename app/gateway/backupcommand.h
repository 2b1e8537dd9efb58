// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace tocsin {

/// `tocsin-gateway backup --data-dir DIR FILE` and `restore --data-dir DIR [--replace] FILE`.
/// Returns the exit status.
[[nodiscard]] int runBackupCommand(const QStringList &arguments);

} // namespace tocsin
