// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/envelope.h"

namespace tocsin {

/// A message from the server: its name on the wire and the type of its data.
///
///     inline constexpr auto IncidentCreated = Message<Incident>{u"incident.created"};
template <typename T>
struct Message {
    using Data = T;
    QStringView name;
};

/// A command to the server: its type on the wire and its payload, whose fields stand beside `type`.
///
///     inline constexpr auto Acknowledge = Command<IncidentReference>{u"incident.acknowledge"};
template <typename T>
struct Command {
    static_assert(!schemaHasField<T>("type") && !schemaHasField<T>("requestId"),
        "a payload's fields stand beside `type` and `requestId`: it may not have them");
    using Payload = T;
    QStringView type;
};

/// The error of a message: names the message, and the field by its path from the envelope.
[[nodiscard]] inline Error messageError(const Error &error, QStringView name)
{
    const QString path
        = error.where.isEmpty() ? QStringLiteral("data") : QStringLiteral("data.") + error.where;
    return {error.code, QStringLiteral("%1: %2: %3").arg(name, path, error.message), path};
}

template <typename T>
[[nodiscard]] Expected<T> decodeData(JsonReader &reader, QStringView name, std::string_view data)
{
    auto decoded = decode<T>(reader, data);
    if (!decoded)
        return tl::unexpected<Error>(messageError(decoded.error(), name));
    return decoded;
}

/// The frame of a message.
template <typename T>
[[nodiscard]] QByteArray encodeMessage(const Message<T> &message, const T &data,
    Timestamp timestamp, const QString &room = {}, qint64 sequence = 0)
{
    const QByteArray json = encode(data);
    return encodeEnvelope({message.name.toString(), timestamp, room, sequence},
        {json.constData(), std::size_t(json.size())});
}

/// The frame of a command. `requestId` asks for a reply; 0 asks for none.
template <typename T>
[[nodiscard]] QByteArray encodeCommand(
    const Command<T> &command, const T &payload, qint64 requestId = 0)
{
    JsonWriter writer;
    writer.beginObject().key("type").string(command.type);
    if (requestId > 0)
        writer.key("requestId").integer(requestId);
    writeFields(writer, payload);
    writer.endObject();
    return writer.take();
}

/// What stands beside a command's payload.
struct CommandHeader {
    QString type;
    std::optional<qint64> requestId;
};
template <>
struct Schema<CommandHeader> {
    static constexpr auto fields = std::tuple{
        required("type", &CommandHeader::type),
        optional("requestId", &CommandHeader::requestId),
    };
};

} // namespace tocsin
