// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/envelope.h"

namespace tocsin {

/// The other common form of a live server's frames: objects told apart by `type`, with channels
/// where the envelope has rooms. It knows no sequences, so nothing is recovered there, and neither
/// replies nor attachments.
///
/// | frame from the server | becomes |
/// |---|---|
/// | `{"type":"message","channel":R,"event":N,"data":{…},"timestamp":ms}` | N (`message` where
/// there is no event) with that data, in room R | | `{"type":"presence","channel":R,"users":[…]}` |
/// `presence` with `{room, users}`, in room R; a user that is but a string becomes `{id}` | |
/// `{"type":"error","code":C,"message":T}` | `error` with `{code, message}` | | `{"type":"pong",…}`
/// | the reserved name `__pong`, which is not delivered | | any other type | a message without a
/// name, its data the whole frame: counted as unknown |
///
/// A frame without `type`, or not of the form that its type has here, is an error.
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT Expected<RawMessage> decodeTypedChannel(
    JsonReader &reader, std::string_view frame, Timestamp receivedAt);

/// `{"type":"subscribe","channel":R}`
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT QByteArray encodeSubscribe(QStringView channel);
/// `{"type":"unsubscribe","channel":R}`
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT QByteArray encodeUnsubscribe(QStringView channel);
/// `{"type":"message","channel":R,"event":NAME,"data":…}`; without `channel` where R is empty.
/// `data` is JSON already.
[[nodiscard]] TOCSIN_PROTOCOL_EXPORT QByteArray encodeChannelMessage(
    QStringView channel, QStringView event, std::string_view data);

} // namespace tocsin
