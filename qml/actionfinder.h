// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "qml/dashboardaction.h"

#include <QAbstractListModel>
#include <QPointer>

#include <vector>

namespace tocsin {

/// The actions that the words of a search describe, the best first: what the command palette shows.
/// Without words, those that were done last stand first. Those that cannot be done now come after
/// those that are as well described and can.
class TOCSIN_QML_EXPORT ActionFinder : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString query READ query WRITE setQuery NOTIFY queryChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

public:
    enum Role {
        TextRole = Qt::UserRole + 1,
        GroupRole,
        KeysRole,
        /// Why it cannot be done now; empty where it can.
        ObstacleRole,
    };
    Q_ENUM(Role)

    using QAbstractListModel::QAbstractListModel;

    [[nodiscard]] QString query() const;
    void setQuery(const QString &query);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// Looks among these from now on, as they are now, without words. What is no DashboardAction,
    /// or is not offered, is left out.
    Q_INVOKABLE void lookAmong(const QVariantList &actions);
    /// The action of that row, which is remembered as the last that was done; null where there is
    /// no such row.
    Q_INVOKABLE tocsin::DashboardAction *take(int row);

Q_SIGNALS:
    void queryChanged();
    void countChanged();

private:
    struct Candidate {
        QPointer<DashboardAction> action;
        QString text;
        QString group;
        QStringList keys;
        QString obstacle;
    };
    void find();

    QString m_query;
    std::vector<Candidate> m_candidates;
    /// Places in m_candidates.
    std::vector<std::size_t> m_found;
    /// What was done, the last first, by its text.
    QStringList m_recent;
};

} // namespace tocsin
