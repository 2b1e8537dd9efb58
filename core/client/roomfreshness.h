// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QMetaType>

namespace tocsin {

/// Whether what is known of a room is what the server knows.
enum class RoomFreshness {
    /// Asked for; nothing is known yet.
    Joining,
    /// The server is sending what was missed, or the whole list.
    Recovering,
    /// Current.
    Live,
    /// Was current once and may not be any more: the connection is gone or in doubt, or the server
    /// did not confirm it for too long.
    Stale,
};

} // namespace tocsin
