// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QObject>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// One thing that a person can do in a dashboard: found in the command palette, and told on the
/// sheet of keys where it has any.
class TOCSIN_QML_EXPORT DashboardAction : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// The heading it stands under.
    Q_PROPERTY(QString group MEMBER m_group NOTIFY changed REQUIRED)
    Q_PROPERTY(QString text MEMBER m_text NOTIFY changed REQUIRED)
    /// As QKeySequence writes them; any of them does it.
    Q_PROPERTY(QStringList keys MEMBER m_keys NOTIFY changed)
    /// As they are called on a keyboard, to be read; and joined to one text.
    Q_PROPERTY(QStringList keyNames READ keyNames NOTIFY changed)
    Q_PROPERTY(QString keyText READ keyText NOTIFY changed)
    /// Told on the sheet only: the part that has the keyboard acts on the key itself.
    Q_PROPERTY(bool local MEMBER m_local NOTIFY changed)
    /// Whether what it acts on can be seen. Of several dashboards in a window, each has its own.
    Q_PROPERTY(bool inSight MEMBER m_inSight NOTIFY changed)
    Q_PROPERTY(bool enabled MEMBER m_enabled NOTIFY changed)
    /// Why it cannot be done now, as a sentence; empty where it can, or where that is not known.
    /// Done nevertheless, it says so.
    Q_PROPERTY(QString obstacle MEMBER m_obstacle NOTIFY changed)

public:
    using QObject::QObject;

    [[nodiscard]] QString group() const { return m_group; }
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] QStringList keys() const { return m_keys; }
    [[nodiscard]] QStringList keyNames() const;
    [[nodiscard]] QString keyText() const { return keyNames().join(QLatin1StringView(", ")); }
    [[nodiscard]] QString obstacle() const { return m_obstacle; }
    /// It can be offered now.
    [[nodiscard]] bool isOffered() const { return m_inSight && m_enabled && !m_local; }

    /// Does it, where it is offered.
    Q_INVOKABLE void trigger();

Q_SIGNALS:
    void changed();
    void activated();

private:
    QString m_group;
    QString m_text;
    QStringList m_keys;
    QString m_obstacle;
    bool m_local = false;
    bool m_inSight = true;
    bool m_enabled = true;
};

} // namespace tocsin
