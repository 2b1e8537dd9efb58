// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/messagereader_p.h"

#include "protocol/messages.h"
#include "protocol/typedchannel.h"

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

// What is kept for the next messages: enough for a busy hour, not for what a flood once needed.
constexpr std::size_t mostSpares = 4'096;
constexpr qsizetype largestSpare = 16'384;

constexpr std::array reservedNames{
    Authenticated.name, RoomJoined.name, RoomSnapshot.name, RoomHeads.name, ServerError.name};

// The other thread had them last, and waiting for one cache line after the other takes longer than
// reading a message. So they are asked for beforehand: the message, then its data, then its texts.
void prefetchNext(const ReceivedMessages &spare)
{
    constexpr std::size_t cacheLine = 64;
    const std::size_t size = spare.size();
    if (size < 6)
        return;
    const auto *const farthest = reinterpret_cast<const char *>(spare[size - 6].get());
    for (std::size_t at = 0; at < sizeof(ReceivedMessage); at += cacheLine)
        detail::prefetchForWriting(farthest + at);
    spare[size - 4]->prefetchData();
    spare[size - 2]->prefetchTexts();
}

} // namespace

MessageReader::MessageReader(Dialect dialect)
    : m_dialect(dialect)
{
    for (const QStringView name : reservedNames)
        findOrAdd(name.toString()).reserved = true;
    if (m_dialect == Dialect::Envelope) {
        for (const QStringView name : {CommandReply.name, AttachmentAnnounced.name})
            findOrAdd(name.toString()).reserved = true;
    }
}

MessageReader::~MessageReader() = default;

MessageReader::Name *MessageReader::find(std::string_view utf8)
{
    // Messages of one name come in rows, and there are a dozen of names.
    if (m_lastName && m_lastName->utf8 == utf8)
        return m_lastName;
    const auto found = std::ranges::find(
        m_names, utf8, [](const auto &name) -> std::string_view { return name->utf8; });
    if (found == m_names.end())
        return nullptr;
    return m_lastName = found->get();
}

MessageReader::Name &MessageReader::findOrAdd(const QString &name)
{
    const std::string utf8 = name.toStdString();
    if (Name *const known = find(utf8))
        return *known;
    m_names.push_back(std::make_unique<Name>(Name{.utf8 = utf8,
        .name = name,
        .reserved = name.startsWith(reservedNamePrefix),
        .channels = {}}));
    return *m_names.back();
}

void MessageReader::addChannel(const QString &name, const MessageType *type, ChannelId id)
{
    auto &channels = findOrAdd(name).channels;
    channels.push_back(std::make_unique<Channel>(Channel{.id = id, .type = type, .spare = {}}));
    m_channels.resize(std::max(m_channels.size(), std::size_t(id) + 1));
    m_channels[std::size_t(id)] = channels.back().get();
}

void MessageReader::copyChannelsTo(MessageReader &other) const
{
    for (const auto &name : m_names) {
        for (const auto &channel : name->channels)
            other.addChannel(name->name, channel->type, channel->id);
    }
}

std::unique_ptr<ReceivedMessage> MessageReader::takeSpare(Channel &channel, const Name &name)
{
    if (!channel.spare.empty()) {
        auto message = std::move(channel.spare.back());
        channel.spare.pop_back();
        prefetchNext(channel.spare);
        message->json.clear();
        return message;
    }
    auto message = std::make_unique<ReceivedMessage>(channel.id, channel.type);
    message->envelope.name = name.name;
    return message;
}

void MessageReader::recycle(ReceivedMessages messages)
{
    for (auto &message : messages) {
        if (message->channel() == noChannel || message->size > largestSpare)
            continue;
        auto &spare = m_channels[std::size_t(message->channel())]->spare;
        if (spare.size() < mostSpares)
            spare.push_back(std::move(message));
    }
}

// Most messages are for the room that the last one was for, and name the same string already.
void MessageReader::setRoom(Envelope &envelope, std::string_view utf8)
{
    if (m_lastRoomUtf8 != utf8) {
        m_lastRoomUtf8 = utf8;
        m_lastRoom = QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
    }
    if (envelope.room.constData() != m_lastRoom.constData()
        || envelope.room.size() != m_lastRoom.size())
        envelope.room = m_lastRoom;
}

MessageReader::Result &MessageReader::read(const QString &text)
{
    m_result.frameError.reset();
    m_result.dataError.reset();
    m_result.messages.clear();
    m_result.data = {};
    m_result.reserved = false;
    auto message = m_keepJson || m_dialect != Dialect::Envelope ? nullptr : readInOneGo(text);
    if (message) {
        m_result.envelope = &message->envelope;
        m_result.known = true;
        m_result.messages.push_back(std::move(message));
    } else {
        readTheLongWay(text);
    }
    return m_result;
}

std::unique_ptr<ReceivedMessage> MessageReader::readInOneGo(QStringView text)
{
    return readUsualFrame(text);
}

std::unique_ptr<ReceivedMessage> MessageReader::readInOneGo(std::string_view text)
{
    return readUsualFrame(text);
}

template <typename Text>
std::unique_ptr<ReceivedMessage> MessageReader::readUsualFrame(Text text)
{
    Name *name = nullptr;
    std::unique_ptr<ReceivedMessage> message;
    std::optional<Timestamp> timestamp;
    std::string_view room;
    qint64 sequence = 0;
    const bool read = m_reader.read(text, [&] {
        return m_reader.readObject([&](std::string_view key) {
            if (key == "name") {
                std::string_view utf8;
                if (name || !m_reader.readUtf8(utf8))
                    return false;
                name = find(utf8);
                return name && !name->reserved && name->channels.size() == 1;
            }
            if (key == "data") {
                if (!name || message)
                    return false;
                Channel &channel = *name->channels.front();
                message = takeSpare(channel, *name);
                return message->read(m_reader);
            }
            if (key == "seq")
                return m_reader.readInteger(sequence) && sequence >= 1;
            if (key == "room")
                return m_reader.readUtf8(room);
            if (key == "timestamp")
                return readValue(m_reader, timestamp.emplace());
            return true;
        });
    });
    if (!read || !message) {
        if (message && name)
            name->channels.front()->spare.push_back(std::move(message));
        return nullptr;
    }
    message->size = qsizetype(text.size());
    Envelope &envelope = message->envelope;
    envelope.timestamp = timestamp ? *timestamp : timestampNow();
    envelope.sequence = sequence;
    setRoom(envelope, room);
    return message;
}

void MessageReader::readTheLongWay(const QString &text)
{
    const QByteArray frame = text.toUtf8();
    const std::string_view view(frame.constData(), std::size_t(frame.size()));
    auto decoded = m_dialect == Dialect::TypedChannel
        ? decodeTypedChannel(m_reader, view, timestampNow())
        : decodeEnvelope(m_reader, view, timestampNow());
    if (!decoded) {
        m_result.frameError = decoded.error();
        return;
    }
    m_raw = *std::move(decoded);
    m_result.envelope = &m_raw.envelope;
    m_result.data = m_raw.data;
    const QByteArray utf8 = m_raw.envelope.name.toUtf8();
    const Name *const name = find({utf8.constData(), std::size_t(utf8.size())});
    m_result.reserved = name && name->reserved;
    m_result.known = name && !name->channels.empty();
    if (m_result.known) {
        for (const auto &channel : name->channels) {
            auto message = takeSpare(*channel, *name);
            message->envelope = m_raw.envelope;
            const bool read
                = m_dataReader.read(m_raw.data, [&] { return message->read(m_dataReader); });
            if (read)
                m_result.messages.push_back(std::move(message));
            else
                m_result.dataError = messageError(m_dataReader.error(), m_raw.envelope.name);
        }
    } else if (m_keepJson) {
        m_result.messages.push_back(std::make_unique<ReceivedMessage>());
        m_result.messages.back()->envelope = m_raw.envelope;
        m_result.messages.back()->unknown = !m_result.reserved;
    }
    // Who listens to all hears it once.
    if (m_keepJson && !m_result.messages.empty()) {
        m_result.messages.front()->json
            = QByteArray(m_raw.data.data(), qsizetype(m_raw.data.size()));
    }
    for (const auto &message : m_result.messages)
        message->size = text.size();
}

} // namespace tocsin
