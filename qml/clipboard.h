// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// The system's clipboard, which QML has no access to of its own.
class TOCSIN_QML_EXPORT Clipboard : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    Q_INVOKABLE void copy(const QString &text);
};

} // namespace tocsin
