// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/heartbeat.h"

#include "protocol/message.h"

namespace tocsin {

bool isHeartbeatAnswer(QByteArrayView frame)
{
    if (frame == textPong)
        return true;
    // Anything longer is a message; the bound keeps this off the path of every real one.
    constexpr qsizetype longestPong = 64;
    if (frame.size() > longestPong || !frame.contains("\"pong\""))
        return false;
    JsonReader reader;
    const auto header = decode<CommandHeader>(reader, {frame.data(), std::size_t(frame.size())});
    return header && header->type == u"pong";
}

} // namespace tocsin
