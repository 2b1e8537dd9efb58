// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/typedchannel.h"

#include "protocol/messages.h"

namespace tocsin {

namespace {

struct ChannelHeader {
    QString type;
};

struct ChannelMessage {
    QString channel;
    QString event;
    RawObject data;
    std::optional<Timestamp> timestamp;
};

/// Servers of this form send users as objects or, as often, as plain ids.
struct ChannelUser {
    QByteArray json;
};

struct ChannelPresence {
    QString channel;
    QList<ChannelUser> users;
    std::optional<Timestamp> timestamp;
};

struct ChannelError {
    QString code;
    QString message;
};

bool readValue(JsonReader &reader, ChannelUser &value)
{
    if (reader.type() == JsonReader::Type::String) {
        User user;
        if (!reader.readString(user.id))
            return false;
        value.json = encode(user);
        return true;
    }
    RawObject object;
    if (!readValue(reader, object))
        return false;
    value.json = std::move(object.json);
    return true;
}

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), std::size_t(bytes.size())};
}

RawMessage ownedMessage(Envelope envelope, QByteArray data)
{
    // Bytes that are held by a QByteArray stay where they are when it is moved or shared.
    RawMessage message{std::move(envelope), {}, std::move(data)};
    message.data = view(message.owned);
    return message;
}

QByteArray encodeFrame(std::string_view type, QStringView channel)
{
    JsonWriter writer;
    writer.beginObject().key("type").utf8(type).key("channel").string(channel).endObject();
    return writer.take();
}

} // namespace

template <>
struct Schema<ChannelHeader> {
    static constexpr auto fields = std::tuple{required("type", &ChannelHeader::type)};
};
template <>
struct Schema<ChannelMessage> {
    static constexpr auto fields = std::tuple{
        optional("channel", &ChannelMessage::channel),
        optional("event", &ChannelMessage::event),
        required("data", &ChannelMessage::data),
        optional("timestamp", &ChannelMessage::timestamp),
    };
};
template <>
struct Schema<ChannelPresence> {
    static constexpr auto fields = std::tuple{
        required("channel", &ChannelPresence::channel),
        required("users", &ChannelPresence::users),
        optional("timestamp", &ChannelPresence::timestamp),
    };
};
template <>
struct Schema<ChannelError> {
    static constexpr auto fields = std::tuple{
        optional("code", &ChannelError::code),
        optional("message", &ChannelError::message),
    };
};

// The type may stand behind what it decides the form of, so it is looked for first.
Expected<RawMessage> decodeTypedChannel(
    JsonReader &reader, std::string_view frame, Timestamp receivedAt)
{
    const auto header = decode<ChannelHeader>(reader, frame);
    if (!header)
        return tl::unexpected<Error>(header.error());
    const QString &type = header->type;
    if (type == u"message") {
        auto message = decode<ChannelMessage>(reader, frame);
        if (!message)
            return tl::unexpected<Error>(message.error());
        return ownedMessage({message->event.isEmpty() ? type : message->event,
                                message->timestamp.value_or(receivedAt), message->channel},
            std::move(message->data.json));
    }
    if (type == u"presence") {
        const auto presence = decode<ChannelPresence>(reader, frame);
        if (!presence)
            return tl::unexpected<Error>(presence.error());
        JsonWriter writer;
        writer.beginObject().key("room").string(presence->channel).key("users").beginArray();
        for (const ChannelUser &user : presence->users)
            writer.raw(view(user.json));
        writer.endArray().endObject();
        return ownedMessage({PresenceChanged.name.toString(),
                                presence->timestamp.value_or(receivedAt), presence->channel},
            writer.take());
    }
    if (type == u"error") {
        const auto error = decode<ChannelError>(reader, frame);
        if (!error)
            return tl::unexpected<Error>(error.error());
        return ownedMessage({ServerError.name.toString(), receivedAt, {}},
            encode(ErrorData{error->code.isEmpty() ? type : error->code, error->message}));
    }
    // The short ones are taken for heartbeat answers before they come here.
    const QString name = type == u"pong" ? reservedNamePrefix.toString() + type : QString();
    return ownedMessage(
        {name, receivedAt, {}}, QByteArray(frame.data(), qsizetype(frame.size())).trimmed());
}

QByteArray encodeSubscribe(QStringView channel)
{
    return encodeFrame("subscribe", channel);
}

QByteArray encodeUnsubscribe(QStringView channel)
{
    return encodeFrame("unsubscribe", channel);
}

QByteArray encodeChannelMessage(QStringView channel, QStringView event, std::string_view data)
{
    JsonWriter writer;
    writer.beginObject().key("type").utf8("message");
    if (!channel.isEmpty())
        writer.key("channel").string(channel);
    writer.key("event").string(event).key("data").raw(data).endObject();
    return writer.take();
}

} // namespace tocsin
