// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/messagetype.h"
#include "protocol/envelope.h"

#include <vector>

namespace tocsin {

/// Numbers the pairs of a message's name and a type that its data is read as. The façade gives
/// them out with the first subscription, and finds the handlers by them.
using ChannelId = int;
/// For messages that only those hear who listen to all, or to what nobody else knows.
inline constexpr ChannelId noChannel = -1;

/// A message on its way to its handlers. Used again when they have had it: in a busy hour, nothing
/// is allocated for the next one.
class ReceivedMessage
{
public:
    explicit ReceivedMessage(ChannelId channel = noChannel, const MessageType *type = nullptr)
        : m_channel(channel)
        , m_type(type)
        , m_data(type ? type->create() : nullptr)
    {
    }
    ~ReceivedMessage()
    {
        if (m_data)
            m_type->destroy(m_data);
    }
    ReceivedMessage(const ReceivedMessage &) = delete;
    ReceivedMessage &operator=(const ReceivedMessage &) = delete;

    [[nodiscard]] ChannelId channel() const { return m_channel; }
    [[nodiscard]] const MessageType *type() const { return m_type; }
    [[nodiscard]] void *data() { return m_data; }
    /// Reads the reader's current value into the data.
    [[nodiscard]] bool read(JsonReader &reader) { return m_type->read(reader, m_data, m_present); }
    void prefetchData() const { detail::prefetchForWriting(m_data); }
    void prefetchTexts() const { m_type->prefetch(m_data, m_present); }

    Envelope envelope;
    /// The data as text, for those who listen to all; empty where nobody does.
    QByteArray json;
    /// Nobody subscribed to its name.
    bool unknown = false;
    /// Its size on the wire, in UTF-16 units.
    qsizetype size = 0;

private:
    ChannelId m_channel;
    const MessageType *m_type;
    void *m_data;
    PresentFields m_present = 0;
};

using ReceivedMessages = std::vector<std::unique_ptr<ReceivedMessage>>;

} // namespace tocsin
