// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/desktopappearance.h"
#include "qml/export.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// What the person has asked of the whole system and Qt does not hand on to QML, as it is now.
class TOCSIN_QML_EXPORT SystemPreferences : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    /// Dark or light; no preference where the desktop says nothing.
    Q_PROPERTY(ColorScheme colorScheme READ colorScheme NOTIFY appearanceChanged)
    Q_PROPERTY(bool highContrast READ isHighContrast NOTIFY appearanceChanged)
    /// Nothing is to move. The environment variable TOCSIN_REDUCED_MOTION (anything but 0) asks for
    /// it too, as few desktops do yet.
    Q_PROPERTY(bool reducedMotion READ reducedMotion NOTIFY appearanceChanged)
    /// The family for what is to be copied letter by letter.
    Q_PROPERTY(QString fixedFontFamily READ fixedFontFamily CONSTANT)

public:
    enum ColorScheme {
        NoPreference = int(DesktopAppearance::Scheme::NoPreference),
        Dark = int(DesktopAppearance::Scheme::Dark),
        Light = int(DesktopAppearance::Scheme::Light),
    };
    Q_ENUM(ColorScheme)

    explicit SystemPreferences(QObject *parent = nullptr);

    [[nodiscard]] ColorScheme colorScheme() const;
    [[nodiscard]] bool isHighContrast() const;
    [[nodiscard]] bool reducedMotion() const;
    [[nodiscard]] QString fixedFontFamily() const;

Q_SIGNALS:
    void appearanceChanged();

private:
    std::unique_ptr<DesktopAppearance> m_appearance;
};

} // namespace tocsin
