// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// What the person has asked of the whole system and Qt does not hand on to QML.
class TOCSIN_QML_EXPORT SystemPreferences : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    /// Nothing is to move. Qt 6.4 does not tell what the desktop says of it; the environment
    /// variable TOCSIN_REDUCED_MOTION (anything but 0) does.
    Q_PROPERTY(bool reducedMotion READ reducedMotion CONSTANT)
    /// The family for what is to be copied letter by letter.
    Q_PROPERTY(QString fixedFontFamily READ fixedFontFamily CONSTANT)

public:
    using QObject::QObject;

    [[nodiscard]] bool reducedMotion() const;
    [[nodiscard]] QString fixedFontFamily() const;
};

} // namespace tocsin
