// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"
#include "protocol/schema.h"

#include <QByteArray>

namespace tocsin {

struct ReplyData;

/// How a request ended: with the server's answer, or without one.
struct TOCSIN_CLIENT_EXPORT Reply {
    /// The server carried it out.
    bool ok = false;
    /// What it answered, as JSON; empty where it said nothing.
    QByteArray result;
    /// Where not ok: what the server gave as the reason, in the protocol's codes, or why there is
    /// no answer: TimedOut; ConnectionLost (it may or may not have been carried out);
    /// NotConnected, BufferFull or BadConfiguration (it was not sent). Without meaning where ok: it
    /// has a code all the same, as an Error always does.
    Error error;

    /// The result as a T, validated; or the first thing wrong with it; or error. No result is read
    /// as an empty object.
    template <typename T>
    [[nodiscard]] Expected<T> as() const;

    [[nodiscard]] static Reply failure(Error error);
    [[nodiscard]] static Reply fromWire(const ReplyData &data);
};

template <typename T>
Expected<T> Reply::as() const
{
    if (!ok)
        return tl::unexpected<Error>(error);
    JsonReader reader;
    T value{};
    const std::string_view json = result.isEmpty()
        ? std::string_view("{}")
        : std::string_view(result.constData(), std::size_t(result.size()));
    if (!reader.read(json, [&] { return readValue(reader, value); }))
        return tl::unexpected<Error>(reader.error());
    return value;
}

} // namespace tocsin
