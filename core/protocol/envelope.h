// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schema.h"

namespace tocsin {

/// What stands around every message from the server (docs/protocol.md, "Envelope").
struct Envelope {
    QString name;
    Timestamp timestamp;
    /// Empty where the message was not published to a room, or the server knows no rooms.
    QString room;
    /// Its place in the room's history, from 1 without holes; 0 where the server gives none.
    qint64 sequence = 0;

    friend bool operator==(const Envelope &, const Envelope &) = default;
};

/// Names that begin so are the client's own and are dropped when they come off the wire.
inline constexpr QStringView reservedNamePrefix = u"__";

/// An envelope and its `data` as JSON. `data` points into the reader that decoded it, and lives as
/// long as that reader reads nothing else.
struct RawMessage {
    Envelope envelope;
    std::string_view data;
    /// What `data` points into instead, where it had to be made (see typedchannel.h).
    QByteArray owned = {};
};

/// Decodes a frame's envelope; `data` is checked to be a JSON object, and kept as text.
/// A frame without a timestamp is given `receivedAt`.
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT Expected<RawMessage> decodeEnvelope(
    JsonReader &reader, std::string_view frame, Timestamp receivedAt);

/// The frame for `data`, JSON already. Room and sequence are left out where empty and 0.
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT QByteArray encodeEnvelope(
    const Envelope &envelope, std::string_view data);

} // namespace tocsin
