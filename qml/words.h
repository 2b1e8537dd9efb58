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
    /// As the language writes it: "12,345", "12.345".
    Q_INVOKABLE [[nodiscard]] QString number(qint64 number) const;
    /// A key, or several that are pressed together, as they are called on a keyboard of the
    /// window's language: "Strg+K" for `Ctrl+K`.
    Q_INVOKABLE [[nodiscard]] QString key(const QString &key) const;
    /// That a command, a CommandKind as a number, is on its way: "Acknowledging…". Empty for -1.
    Q_INVOKABLE [[nodiscard]] QString pending(int command) const;
};

} // namespace tocsin
