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
    /// Was current once; the connection is gone, so it may not be any more.
    Stale,
};

} // namespace tocsin
