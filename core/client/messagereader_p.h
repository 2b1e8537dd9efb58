// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/dialect.h"
#include "client/receivedmessage_p.h"
#include "protocol/message.h"

#include <memory>
#include <optional>
#include <string>

namespace tocsin {

/// Reads frames into what their subscribers asked for. In the I/O thread.
///
/// The usual frame, a message with one subscriber type and its name before its data, is read in one
/// go from Qt's UTF-16 into a message that was used before. Every other, and every one that fails,
/// takes the long way: the envelope first, then the data, which is also what finds the errors.
class MessageReader
{
public:
    /// What one frame turned out to be; valid until the next one is read.
    struct Result {
        /// The frame as a whole cannot be read; nothing else is set.
        std::optional<Error> frameError;
        const Envelope *envelope = nullptr;
        /// The data as text; empty where the frame was read in one go.
        std::string_view data;
        /// For the subscribers. Empty where nobody has, or the data cannot be read.
        ReceivedMessages messages;
        /// The data is not what a subscriber's type says.
        std::optional<Error> dataError;
        /// Somebody subscribed to the name.
        bool known = false;
        /// One of the names that the client itself listens to.
        bool reserved = false;
    };

    explicit MessageReader(Dialect dialect);
    ~MessageReader();

    void addChannel(const QString &name, const MessageType *type, ChannelId channel);
    /// Makes `other` know the same channels.
    void copyChannelsTo(MessageReader &other) const;
    /// From now on every message's data is kept as text, too.
    void keepJson() { m_keepJson = true; }

    [[nodiscard]] Result &read(const QString &text);
    /// Reads only the usual frame, of an envelope; null where it is another, or in error. UTF-16 or
    /// UTF-8.
    [[nodiscard]] std::unique_ptr<ReceivedMessage> readInOneGo(QStringView text);
    [[nodiscard]] std::unique_ptr<ReceivedMessage> readInOneGo(std::string_view text);
    /// Reads the data of the frame at hand as another type; not for one that was read in one go.
    template <typename T>
    [[nodiscard]] Expected<T> dataAs()
    {
        return decodeData<T>(m_dataReader, m_raw.envelope.name, m_result.data);
    }

    /// Takes messages back that were handled, for the next ones.
    void recycle(ReceivedMessages messages);

private:
    struct Channel {
        ChannelId id;
        const MessageType *type;
        ReceivedMessages spare;
    };
    struct Name {
        std::string utf8;
        QString name;
        /// One that the client itself listens to, or that nobody may hear.
        bool reserved = false;
        std::vector<std::unique_ptr<Channel>> channels;
    };

    Name *find(std::string_view utf8);
    Name &findOrAdd(const QString &name);
    [[nodiscard]] std::unique_ptr<ReceivedMessage> takeSpare(Channel &channel, const Name &name);
    template <typename Text>
    [[nodiscard]] std::unique_ptr<ReceivedMessage> readUsualFrame(Text text);
    void readTheLongWay(const QString &text);
    void setRoom(Envelope &envelope, std::string_view utf8);

    std::vector<std::unique_ptr<Name>> m_names;
    Name *m_lastName = nullptr;
    std::vector<Channel *> m_channels; // by id
    std::string m_lastRoomUtf8;
    QString m_lastRoom;
    Dialect m_dialect;
    bool m_keepJson = false;

    // The envelope's text must outlive the reading of its data: one reader for each.
    JsonReader m_reader;
    JsonReader m_dataReader;
    /// The frame at hand, where it was read the long way.
    RawMessage m_raw;
    Result m_result;
};

} // namespace tocsin
