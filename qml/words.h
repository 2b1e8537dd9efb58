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
    /// That a command, a CommandKind as a number, is on its way: "Acknowledging…". Empty for -1.
    Q_INVOKABLE [[nodiscard]] QString pending(int command) const;
};

} // namespace tocsin
