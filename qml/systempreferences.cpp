// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/systempreferences.h"

#include <QFontDatabase>

namespace tocsin {

bool SystemPreferences::reducedMotion() const
{
    const QByteArray value = qgetenv("TOCSIN_REDUCED_MOTION");
    return !value.isEmpty() && value != "0";
}

QString SystemPreferences::fixedFontFamily() const
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

} // namespace tocsin
