// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/incidentmodel.h"

#include <QPointer>
#include <QSet>

namespace tocsin {

/// The incidents that a person picked from a list, to do something about all of them. Only such as
/// are shown: what a filter hides, or what is over, is picked no longer, so that nothing is done
/// about what nobody sees.
class TOCSIN_INCIDENTS_EXPORT IncidentSelection : public QObject
{
    Q_OBJECT
    Q_PROPERTY(tocsin::IncidentModel *incidents READ incidents WRITE setIncidents NOTIFY
            incidentsChanged REQUIRED)
    Q_PROPERTY(int count READ count NOTIFY changed)
    /// In the order of the rows.
    Q_PROPERTY(QStringList uuids READ uuids NOTIFY changed)
    /// Another number with each change, for expressions that ask has().
    Q_PROPERTY(int generation READ generation NOTIFY changed)

public:
    using QObject::QObject;

    [[nodiscard]] IncidentModel *incidents() const;
    void setIncidents(IncidentModel *incidents);
    [[nodiscard]] int count() const;
    [[nodiscard]] QStringList uuids() const;
    [[nodiscard]] int generation() const;

    /// Whether it is picked. `generation` is there so that an expression is evaluated anew with it.
    Q_INVOKABLE [[nodiscard]] bool has(const QString &uuid, int generation) const;
    /// Picks one more, or one less; a range begins there.
    Q_INVOKABLE void toggle(const QString &uuid);
    /// Where a range begins, while nothing is picked.
    Q_INVOKABLE void startAt(const QString &uuid);
    /// Picks all from where the range begins to this one, and no others.
    Q_INVOKABLE void extendTo(const QString &uuid);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void clear();

Q_SIGNALS:
    void incidentsChanged();
    void changed();

private:
    void set(const QSet<QString> &uuids);
    void dropRows(int first, int last);
    void dropHidden();
    [[nodiscard]] QString uuidAt(int row) const;

    QPointer<IncidentModel> m_incidents;
    QSet<QString> m_uuids;
    QString m_anchor;
    int m_generation = 0;
};

} // namespace tocsin
