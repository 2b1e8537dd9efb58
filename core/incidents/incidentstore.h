// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "protocol/incident.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <deque>
#include <functional>

namespace tocsin {

/// The incidents that are not resolved, by uuid: what every view of them is made from.
///
/// An incident may be in several rooms, and so arrive several times, in any order between rooms: a
/// version that is not newer than the known one changes nothing, and an incident that was resolved
/// is not brought back by an older message about it.
///
/// What is only presumed, because it was so when the program ended or in another history, gives way
/// to whatever a server says of it, whatever its version: another history may count anew.
class TOCSIN_INCIDENTS_EXPORT IncidentStore : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Takes what a room says about an incident. A resolved one is removed.
    void apply(const QString &room, const Incident &incident);
    /// Removes an incident from all rooms. `version` is what it has now, where that is known.
    void resolve(const QString &uuid, std::optional<qint64> version);
    /// Makes `incidents` all that the room has; what was in no other room is removed.
    void replaceRoom(const QString &room, const QList<Incident> &incidents);
    /// What was in no other room is removed.
    void removeRoom(const QString &room);
    /// Takes what is likely, and not known to be so yet. Of an incident that a server has spoken
    /// of, it changes nothing.
    void presume(const QStringList &rooms, const Incident &incident);
    /// The server's history is another one now (another epoch): what is known of these rooms is
    /// only presumed from here on, and what was resolved in the old one may come again.
    void beginHistory(const QStringList &rooms);
    /// Removes what is presumed still.
    void dropPresumed();

    [[nodiscard]] const Incident *find(const QString &uuid) const;
    /// It is not there because it was resolved, as far as that is remembered.
    [[nodiscard]] bool wasResolved(const QString &uuid) const;
    [[nodiscard]] bool isPresumed(const QString &uuid) const;
    [[nodiscard]] qsizetype size() const;
    [[nodiscard]] QList<Incident> all() const;
    void forEach(
        const std::function<void(const Incident &, const QSet<QString> &rooms)> &look) const;

Q_SIGNALS:
    /// The incident is new, was changed, or is presumed no more.
    void changed(const tocsin::Incident &incident);
    void removed(const QString &uuid);

private:
    enum class Standing { Confirmed, Presumed };
    struct Entry {
        Incident incident;
        QSet<QString> rooms;
        Standing standing = Standing::Confirmed;
    };
    void bury(const QString &uuid, qint64 version);
    void dropFromRoom(const QString &uuid, const QString &room);
    [[nodiscard]] const QSet<QString> &only(const QString &room);

    QHash<QString, Entry> m_entries;
    // Shared by all that are in one room only: a set for each would cost memory, and every message
    // a look into it.
    QSet<QString> m_oneRoom;
    // Versions of resolved incidents, for as long as a late message about them is to be expected.
    QHash<QString, qint64> m_buried;
    std::deque<QString> m_burials;
};

} // namespace tocsin
