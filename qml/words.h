// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// Makes one text of several.
class TOCSIN_QML_EXPORT Words : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// The parts that are not empty, with `separator` between them.
    Q_INVOKABLE [[nodiscard]] QString joined(QStringList parts, const QString &separator) const;
};

} // namespace tocsin
