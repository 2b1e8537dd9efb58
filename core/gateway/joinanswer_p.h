// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/incidentlog.h"
#include "protocol/messages.h"

namespace tocsin {

/// What a session gets that joins a room: `room.joined`, and then what it missed or a snapshot.
struct JoinAnswer {
    RoomPosition position;
    QByteArray joined;
    QList<QByteArray> frames;
    /// The frames are what was missed, and not a snapshot.
    bool recovered = false;
};

/// Recovery is whole or not at all: where anything after `since` is gone, it is a snapshot.
[[nodiscard]] Expected<JoinAnswer> answerJoin(
    IncidentLog &log, const QString &room, const std::optional<RoomPosition> &since, Timestamp now);

/// The incidents of a room as `room.snapshot` frames of at most 512 KiB, one at least.
[[nodiscard]] QList<QByteArray> snapshotFrames(const QString &room, const RoomPosition &position,
    const QList<QByteArray> &incidents, Timestamp now);

/// `{epoch, seq, incidents}`
[[nodiscard]] Expected<QByteArray> describeRoom(IncidentLog &log, const QString &room);

} // namespace tocsin
