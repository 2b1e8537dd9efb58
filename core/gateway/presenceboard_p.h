// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/hub_p.h"
#include "protocol/messages.h"

#include <QMap>

#include <optional>

namespace tocsin {

/// Tells the sessions in a room who else is there (docs/protocol.md, "Presence"), in the rooms that
/// have it turned on. Somebody with several sessions is there once.
///
/// Changes are told together, a moment after the first of them: ten thousand who come back at once
/// are told of in a few messages each, and not in ten thousand. Loop's thread only.
class PresenceBoard
{
public:
    /// How long changes are gathered.
    static constexpr std::chrono::milliseconds gatheringTime{200};
    /// More than so many are told of by their differences.
    static constexpr qsizetype mostInList = 50;

    /// `rooms`: patterns, see allowsRoom(); none: nowhere.
    PresenceBoard(EventLoop &loop, QStringList rooms);

    /// Again for a session that is there already: it gets the list again, and others its new user.
    void enter(const QString &room, Subscriber *session, const User &user);
    void leave(const QString &room, Subscriber *session);

    /// Who is on other gateways, instead of what was said before. A room may stand there more than
    /// once.
    void setElsewhere(const QList<PresenceData> &rooms);
    /// Who is here, where that has changed since it was last taken.
    [[nodiscard]] std::optional<QList<PresenceData>> takeHere();

private:
    using Users = QMap<QString, User>; // by id
    struct Room {
        QHash<Subscriber *, User> sessions;
        /// Who were there when it was last told.
        Users told;
        QSet<Subscriber *> newcomers;
    };

    void schedule(const QString &room);
    void tell();
    void tell(const QString &name, Room &room) const;

    EventLoop &m_loop;
    QStringList m_patterns;
    QHash<QString, Room> m_rooms;
    /// By room.
    QHash<QString, Users> m_elsewhere;
    QSet<QString> m_changed;
    bool m_hasChangedHere = false;
};

} // namespace tocsin
