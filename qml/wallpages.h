// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/export.h"

#include <QAbstractListModel>
#include <QQmlListProperty>
#include <QtQml/qqmlregistration.h>

namespace tocsin {

/// One page of a wall: what is shown, and for how long.
class TOCSIN_QML_EXPORT WallPage : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    /// Stands above it, where there are several; may be empty.
    Q_PROPERTY(QString title MEMBER m_title NOTIFY changed)
    Q_PROPERTY(View view MEMBER m_view NOTIFY changed)
    /// Which incidents, in the language of docs/filter.md; empty: all. Only for Incidents.
    Q_PROPERTY(QString filter MEMBER m_filter NOTIFY changed)
    /// An IncidentView order and grouping. Only for Incidents.
    Q_PROPERTY(int order MEMBER m_order NOTIFY changed)
    Q_PROPERTY(int group MEMBER m_group NOTIFY changed)
    /// How long each of its screens is shown, in seconds; at least 1.
    Q_PROPERTY(int seconds MEMBER m_seconds NOTIFY changed)

public:
    enum View {
        /// The list.
        Incidents,
        /// A tile each.
        Monitors,
        /// What was opened and resolved in the last day.
        Activity,
    };
    Q_ENUM(View)

    using QObject::QObject;

    [[nodiscard]] int seconds() const { return m_seconds; }

Q_SIGNALS:
    void changed();

private:
    QString m_title;
    View m_view = Incidents;
    QString m_filter;
    int m_order = 0;
    int m_group = 0;
    int m_seconds = 20;
};

/// The pages of a wall, in the order in which they are shown.
///
///     WallPages {
///         WallPage { filter: "severity:critical"; seconds: 30 }
///         WallPage { view: WallPage.Monitors }
///     }
class TOCSIN_QML_EXPORT WallPages : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQmlListProperty<tocsin::WallPage> pages READ declaredPages NOTIFY countChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    Q_CLASSINFO("DefaultProperty", "pages")

public:
    enum Role { PageRole = Qt::UserRole + 1 };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] const QList<WallPage *> &pages() const { return m_pages; }
    /// These and no others. They are this object's from here on, and those from before are gone
    /// once views have let go of them.
    void setPages(const QList<WallPage *> &pages);

Q_SIGNALS:
    /// There are other pages, or one of them is shown for another time.
    void countChanged();

private:
    [[nodiscard]] QQmlListProperty<WallPage> declaredPages();
    void add(WallPage *page);
    void replace(const QList<WallPage *> &pages);

    QList<WallPage *> m_pages;
};

} // namespace tocsin
