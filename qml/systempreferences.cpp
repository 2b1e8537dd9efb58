// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/systempreferences.h"

#include <QFontDatabase>

namespace tocsin {

SystemPreferences::SystemPreferences(QObject *parent)
    : QObject(parent)
    , m_appearance(makeDesktopAppearance())
{
    connect(m_appearance.get(), &DesktopAppearance::wishesChanged, this,
        &SystemPreferences::appearanceChanged);
}

SystemPreferences::ColorScheme SystemPreferences::colorScheme() const
{
    return ColorScheme(int(m_appearance->wishes().scheme));
}

bool SystemPreferences::isHighContrast() const
{
    return m_appearance->wishes().highContrast;
}

bool SystemPreferences::reducedMotion() const
{
    const QByteArray value = qgetenv("TOCSIN_REDUCED_MOTION");
    return (!value.isEmpty() && value != "0") || m_appearance->wishes().reducedMotion;
}

QString SystemPreferences::fixedFontFamily() const
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

} // namespace tocsin
