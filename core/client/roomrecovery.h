// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>

namespace tocsin {

/// What a server sends to bring a room up to date (docs/protocol.md, "Recovery").
enum class RoomRecovery {
    /// The whole list, in parts: what was had of the room is replaced by it.
    Snapshot,
    /// Every message that was missed, in order: what was had of the room goes on from there.
    Replay,
};

} // namespace tocsin
