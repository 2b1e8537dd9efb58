// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArrayView>

namespace tocsin {

/// How a client asks "are you there" (docs/protocol.md, "Heartbeat").
enum class HeartbeatFlavour {
    /// The text frame `2`, answered by `3`.
    Text,
    /// `{"type":"ping"}`, answered by `{"type":"pong"}`.
    Json,
    /// An RFC 6455 ping frame, answered by a pong frame.
    Control,
};

inline constexpr QByteArrayView textPing = "2";
inline constexpr QByteArrayView textPong = "3";
inline constexpr QByteArrayView jsonPing = R"({"type":"ping"})";
inline constexpr QByteArrayView jsonPong = R"({"type":"pong"})";

/// Whether a frame is nothing but the answer to a heartbeat, in the text or the JSON flavour
/// (however the peer spaces its JSON).
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT bool isHeartbeatAnswer(QByteArrayView frame);

} // namespace tocsin
