// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"
#include "gateway/recentsnapshots_p.h"
#include "protocol/messages.h"

namespace tocsin {

/// What a session gets that joins a room: `room.joined`, and then what it missed or a snapshot.
struct JoinAnswer {
    RoomPosition position;
    QByteArray joined;
    QList<QByteArray> frames;
    /// The frames are what was missed, and not a snapshot.
    bool recovered = false;
    /// Behind the room's end: what came since its snapshot was read is still to be handed out.
    bool isBehind = false;
};

/// What a session asks for that joins a room.
struct JoinQuestion {
    QString room;
    /// Nothing, where it knows nothing.
    std::optional<RoomPosition> since = {};
    /// A snapshot may be of this event, or of any later one; nothing: of the last one only.
    std::optional<qint64> from = {};
};

/// Recovery is whole or not at all: where anything after `since` is gone, it is a snapshot, one of
/// those that were read a moment ago where it will do.
[[nodiscard]] Expected<JoinAnswer> answerJoin(
    IncidentLog &log, const JoinQuestion &question, RecentSnapshots &snapshots, Timestamp now);

/// A room as `room.snapshot` frames of at most 64 KiB, one at least: its incidents, and behind them
/// its monitors. What is larger by itself has a frame of its own.
[[nodiscard]] QList<QByteArray> snapshotFrames(
    const QString &room, const QString &epoch, const RoomState &state, Timestamp now);

/// `{epoch, seq, incidents, monitors}`, and `incompleteSince` where there is such a moment.
[[nodiscard]] Expected<QByteArray> describeRoom(
    IncidentLog &log, const QString &room, const std::optional<Timestamp> &incompleteSince);

} // namespace tocsin
