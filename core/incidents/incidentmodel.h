// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentstore.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace tocsin {

struct IncidentModelPrivate;

/// The incidents of a store as rows: most severe first, then newest first.
///
/// Changes reach the views once a frame (16 ms), as ranges of inserts, moves, removes and data
/// changes; the first change after a rest reaches them in the same turn of the event loop.
class TOCSIN_INCIDENTS_EXPORT IncidentModel : public QAbstractListModel
{
    Q_OBJECT
    /// How many rows there are.
    Q_PROPERTY(int count READ count NOTIFY countChanged)
    Q_PROPERTY(int criticalCount READ criticalCount NOTIFY countChanged)
    Q_PROPERTY(int warningCount READ warningCount NOTIFY countChanged)
    Q_PROPERTY(int unknownCount READ unknownCount NOTIFY countChanged)
    Q_PROPERTY(int infoCount READ infoCount NOTIFY countChanged)

public:
    enum Role {
        UuidRole = Qt::UserRole + 1,
        TitleRole,
        SeverityRole,
        SeverityNameRole,
        StatusRole,
        StatusNameRole,
        CreatedAtRole,
        UpdatedAtRole,
        VersionRole,
        SourceRole,
        ServiceRole,
        AssigneeRole,
        AcknowledgedByRole,
        CountRole,
        LabelsRole,
        AnnotationsRole,
        LinksRole,
    };
    Q_ENUM(Role)

    /// `store` must outlive the model.
    explicit IncidentModel(IncidentStore &store, QObject *parent = nullptr);
    ~IncidentModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const;
    [[nodiscard]] int criticalCount() const;
    [[nodiscard]] int warningCount() const;
    [[nodiscard]] int unknownCount() const;
    [[nodiscard]] int infoCount() const;
    /// The row of an incident, -1 where it is not shown (yet).
    Q_INVOKABLE [[nodiscard]] int rowOf(const QString &uuid) const;

    /// Brings what is waiting for the next frame to the views now.
    void flush();

Q_SIGNALS:
    void countChanged();

private:
    void applyPending(std::size_t begin, std::size_t end);
    void announceChanges(std::vector<std::pair<int, QList<int>>> changedRows);
    void moveToPlace(const QString &uuid);
    void removeIncidents(const std::vector<QString> &uuids);
    void insertIncidents(const std::vector<QString> &uuids);

    std::unique_ptr<IncidentModelPrivate> d;
};

} // namespace tocsin
