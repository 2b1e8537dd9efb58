// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// Opens the links of incidents, which come from whoever may report, and nothing but pages and
/// letters: see openableUrl(). The only way in which a view opens one.
class TOCSIN_QML_EXPORT LinkOpener : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    /// False where it may not be opened, or where the system has nothing to open it with.
    Q_INVOKABLE bool open(const QString &address) const;
};

} // namespace tocsin
