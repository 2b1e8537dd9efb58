// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace tocsin {

/// How one message is sent.
struct SendOptions {
    /// Whether it waits for a connection where there is none. Without, it is sent now or not at
    /// all.
    bool buffer = true;
    /// How long it may wait, from the call on; what waited longer is dropped and reported instead
    /// of being sent. OutboxOptions::timeToLive where absent.
    std::optional<std::chrono::milliseconds> timeToLive = {};
    /// Where the dialect addresses what is sent (Dialect::TypedChannel): to which channel. A
    /// command of the envelope dialect names its room in its payload.
    QString channel = {};
};

/// How one request is made.
struct RequestOptions {
    /// From the call to the reply, the wait for a connection included; 0: until the session ends.
    std::chrono::milliseconds timeout{10'000};
    /// Whether it waits for a connection where there is none. Without, it is sent now or fails with
    /// NotConnected: what a person asked for a while ago may not be what they want by then.
    bool buffer = true;
    /// A request whose session ends before its reply came fails, because nobody knows whether it
    /// was carried out. One that does no harm when carried out twice is sent again instead, with
    /// the same `requestId`, when there is a connection again.
    bool safeToRepeat = false;
};

} // namespace tocsin
