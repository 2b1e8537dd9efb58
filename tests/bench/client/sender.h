// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

namespace tocsin::bench {

struct Stream {
    std::int64_t messages = 1'000'000;
    /// Messages a second, one write each; as fast as the peer takes them where absent.
    std::optional<int> rate;
    /// How many the snapshot has, each a second older than the one before; the messages are about
    /// one after the other, and behind the last of them one more is created. With 0 the snapshot is
    /// empty, and all messages are about the same one.
    int incidents = 0;
    /// When the first of them began, in milliseconds since 1970.
    std::int64_t newest = 1'706'803'200'000;
    /// Asked now and then once the snapshot was sent: the messages wait for a yes.
    std::function<bool()> mayBegin = [] { return true; };
};

/// A WebSocket server (RFC 6455) that costs next to nothing: accepts one client on loopback, waits
/// for its first message, and sends it the stream: messages of 200 bytes, each with its place in
/// the room's sequence, which is the incident's version too, and the moment of its sending. Then
/// waits until the client hangs up.
class Sender
{
public:
    Sender();
    ~Sender();
    Sender(const Sender &) = delete;
    Sender &operator=(const Sender &) = delete;

    [[nodiscard]] int port() const { return m_port; }
    /// Serves one client, and returns when it has gone.
    void serve(const Stream &stream) const;

private:
    int m_listener = -1;
    int m_port = 0;
};

/// The clock that messages carry the moment of their sending in, in nanoseconds; the same in every
/// process of the machine.
[[nodiscard]] std::int64_t nowInNanoseconds();

} // namespace tocsin::bench
