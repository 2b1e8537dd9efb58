// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QString>

#include <memory>

class QSettings;

namespace tocsin {

/// The settings in a file; empty: the person's own.
[[nodiscard]] TOCSIN_QML_EXPORT std::unique_ptr<QSettings> settingsIn(const QString &file);
/// Writes to the disk what was set. Why that cannot be, as a sentence; empty where it is written.
[[nodiscard]] QString writeSettings(QSettings &settings);

} // namespace tocsin
