// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/export.h"
#include "incidents/incidentroles.h"
#include "protocol/incident.h"

#include <QHash>
#include <QObject>
#include <QStringList>

#include <deque>
#include <functional>
#include <memory>

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

    /// Valid until the next change.
    [[nodiscard]] const Incident *find(const QString &uuid) const;
    /// The same, to be kept: for as long as the incident is in the store it is at one address and
    /// changes there, and who keeps it has the last that was known after its removal. Null where
    /// there is none.
    [[nodiscard]] std::shared_ptr<const Incident> share(const QString &uuid) const;
    /// It is not there because it was resolved, as far as that is remembered.
    [[nodiscard]] bool wasResolved(const QString &uuid) const;
    [[nodiscard]] bool isPresumed(const QString &uuid) const;
    [[nodiscard]] qsizetype size() const;
    [[nodiscard]] QList<Incident> all() const;
    void forEach(const std::function<void(const Incident &, const QStringList &rooms)> &look) const;

Q_SIGNALS:
    /// The incident is new, was changed, or is presumed no more. It is the one that find() gives.
    /// `roles` are those of an IncidentModel in which it is another than before: none where it is
    /// presumed no more, and of no meaning where it is new.
    void changed(const tocsin::Incident &incident, tocsin::IncidentRoles roles);
    void removed(const QString &uuid);

private:
    enum class Standing { Confirmed, Presumed };
    struct Entry {
        Incident incident;
        // Few: looked through faster than a hash is made.
        QStringList rooms;
        Standing standing = Standing::Confirmed;
    };
    void bury(const QString &uuid, qint64 version);
    void dropFromRoom(const QString &uuid, const QString &room);
    [[nodiscard]] const QStringList &only(const QString &room);
    void add(const Incident &incident, const QStringList &rooms, Standing standing);

    // Each for itself, so that it stays where it is.
    QHash<QString, std::shared_ptr<Entry>> m_entries;
    // Shared by all that are in one room only: a list for each would cost memory.
    QStringList m_oneRoom;
    // Versions of resolved incidents, for as long as a late message about them is to be expected.
    // None of them is among the entries.
    QHash<QString, qint64> m_buried;
    // In their order. One that is not the latest of its incident ends nothing when it is forgotten.
    std::deque<std::pair<QString, qint64>> m_burials;
};

} // namespace tocsin
