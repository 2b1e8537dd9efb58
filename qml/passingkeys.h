// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QPointer>
#include <QQuickItem>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// Lets the window's shortcuts have the keys that `past`, a text that is only read, would keep for
/// itself as if one could write in it: letters, with Shift or without.
///
///     TextEdit { id: text; readOnly: true; PassingKeys { past: text } }
class TOCSIN_QML_EXPORT PassingKeys : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickItem *past READ past WRITE setPast NOTIFY pastChanged REQUIRED)

public:
    using QObject::QObject;

    [[nodiscard]] QQuickItem *past() const;
    void setPast(QQuickItem *past);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void pastChanged();

private:
    QPointer<QQuickItem> m_past;
};

} // namespace tocsin
