// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QString>

namespace tocsin {

/// What is printed on the keys of `key`, which is written as QKeySequence writes it, in English:
/// "Strg+Bild ab" for `Ctrl+PgDown`. In the language of the window's texts, whether there are
/// translations of Qt's own or not.
[[nodiscard]] TOCSIN_QML_EXPORT QString keyName(const QString &key);

} // namespace tocsin
