// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"

#include <QPointer>
#include <QSet>

namespace tocsin {

/// Where a person is in a list of incidents: the incident they chose, wherever its row goes, and
/// which new ones came in above what they see, or became worse there.
class TOCSIN_INCIDENTS_EXPORT ListCursor : public QObject
{
    Q_OBJECT
    Q_PROPERTY(tocsin::IncidentModel *incidents READ incidents WRITE setIncidents NOTIFY
            incidentsChanged REQUIRED)
    /// The chosen incident; it stays chosen while a filter hides it.
    Q_PROPERTY(QString uuid READ uuid WRITE setUuid NOTIFY uuidChanged)
    /// Its row, -1 where it has none.
    Q_PROPERTY(int row READ row NOTIFY rowChanged)
    /// The first row of which anything is seen; the view tells it.
    Q_PROPERTY(int topRow READ topRow WRITE setTopRow NOTIFY topRowChanged)
    /// How many incidents came in above `topRow`, or became more severe there or on the way there,
    /// and were not seen since.
    Q_PROPERTY(int newAbove READ newAbove NOTIFY newAboveChanged)
    /// One of them is critical.
    Q_PROPERTY(bool criticalAbove READ isCriticalAbove NOTIFY newAboveChanged)

public:
    using QObject::QObject;

    [[nodiscard]] IncidentModel *incidents() const;
    void setIncidents(IncidentModel *incidents);
    [[nodiscard]] QString uuid() const;
    void setUuid(const QString &uuid);
    [[nodiscard]] int row() const;
    [[nodiscard]] int topRow() const;
    void setTopRow(int row);
    [[nodiscard]] int newAbove() const;
    [[nodiscard]] bool isCriticalAbove() const;

    /// Chooses the incident of a row; none where there is no such row.
    Q_INVOKABLE void choose(int row);
    /// Chooses the incident so many rows further down, or up; from where the chosen one was last,
    /// where it is gone, and from the first on the screen where none was chosen.
    Q_INVOKABLE void moveBy(int rows);

Q_SIGNALS:
    void incidentsChanged();
    void uuidChanged();
    void rowChanged();
    void topRowChanged();
    void newAboveChanged();

private:
    [[nodiscard]] QString uuidAt(int row) const;
    [[nodiscard]] bool isCritical(int row) const;
    void noteInserted(int first, int last);
    void noteRemoved(int first, int last);
    void noteMoved(int from, int to);
    void noteSeverities(const QList<int> &raised, const QList<int> &lowered);
    void noteSeen(int first, int last);
    void noteReset();
    void noteRow();

    QPointer<IncidentModel> m_incidents;
    QString m_uuid;
    int m_row = -1;
    int m_lastRow = -1;
    int m_topRow = 0;
    QSet<QString> m_above;
    QSet<QString> m_criticalAbove;
};

} // namespace tocsin
