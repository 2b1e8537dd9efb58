// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"

#include <QHash>

#include <optional>

namespace tocsin {

/// The rooms of a shared log that somebody here is in, and how far each has been handed out here:
/// so that each event is handed out once and in order, whoever wrote it. Nobody is here in any
/// other room, and its events are left out.
///
/// All functions in the log's thread. One that fails has changed nothing: what it would have
/// returned is returned by a later catchUp().
class RoomFollower
{
public:
    /// Somebody is in the room, who knows of what came up to `head`. Returns what others who are
    /// there still have to be handed out, so that the next is `head + 1` for all of them.
    [[nodiscard]] Expected<RoomNews> follow(SharedLog &log, const QString &room, qint64 head);
    /// What those who are in the room, if any are, still have to be handed out of what came up to
    /// `head`.
    [[nodiscard]] Expected<RoomNews> handOutUpTo(SharedLog &log, const QString &room, qint64 head);
    /// What is to be handed out now that these were written here: with what others wrote before.
    [[nodiscard]] Expected<RoomNews> arrange(SharedLog &log, QList<LogEvent> own);
    /// What others wrote.
    [[nodiscard]] Expected<RoomNews> catchUp(SharedLog &log);

    /// The last event of a room that was handed out; nothing where nobody is there.
    [[nodiscard]] std::optional<qint64> handedOut(const QString &room) const;
    /// The rooms, and for each a number that is another one once somebody has come into it again.
    [[nodiscard]] QHash<QString, qint64> rooms() const;
    /// Leaves those rooms out from now on, but for one into which somebody has come since.
    void leave(const QHash<QString, qint64> &rooms);
    /// The history is another one: nobody is in any of its rooms yet.
    void clear() { m_rooms.clear(); }

private:
    struct Room {
        qint64 handedOut = 0;
        qint64 arrival = 0;
    };

    QHash<QString, Room> m_rooms;
    // Of all rooms, and never begun anew: who asks whether a room has become empty may have looked
    // before clear().
    qint64 m_arrivals = 0;
};

} // namespace tocsin
