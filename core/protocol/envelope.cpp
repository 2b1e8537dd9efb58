// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/envelope.h"

namespace tocsin {

Expected<RawMessage> decodeEnvelope(
    JsonReader &reader, std::string_view frame, Timestamp receivedAt)
{
    RawMessage message;
    message.envelope.timestamp = receivedAt;
    bool hasName = false;
    bool hasData = false;
    const bool read = reader.read(frame, [&] {
        return reader.readObject([&](std::string_view key) {
            if (key == "name") {
                hasName = true;
                return reader.readString(message.envelope.name);
            }
            if (key == "data") {
                hasData = true;
                if (reader.type() != JsonReader::Type::Object)
                    return reader.readObject([](std::string_view) { return true; });
                return reader.readRaw(message.data);
            }
            // The three below are no reason to lose a message over: null counts as absent.
            if (reader.type() == JsonReader::Type::Null)
                return true;
            if (key == "timestamp")
                return readValue(reader, message.envelope.timestamp);
            if (key == "room")
                return reader.readString(message.envelope.room);
            if (key == "seq") {
                if (!reader.readInteger(message.envelope.sequence))
                    return false;
                return message.envelope.sequence >= 1
                    || reader.fail(
                        QStringLiteral("at least 1"), QString::number(message.envelope.sequence));
            }
            return true;
        }) && (hasName || reader.failMissing("name", QStringLiteral("string")))
            && (hasData || reader.failMissing("data", QStringLiteral("object")));
    });
    if (!read)
        return tl::unexpected<Error>(reader.error());
    return message;
}

QByteArray encodeEnvelope(const Envelope &envelope, std::string_view data)
{
    constexpr qsizetype longestRest = 256; // as a rule
    JsonWriter writer;
    writer.reserve(qsizetype(data.size()) + longestRest);
    writer.beginObject().key("name").string(envelope.name).key("data").raw(data);
    writer.key("timestamp").integer(toMilliseconds(envelope.timestamp));
    if (!envelope.room.isEmpty())
        writer.key("room").string(envelope.room);
    if (envelope.sequence > 0)
        writer.key("seq").integer(envelope.sequence);
    writer.endObject();
    return writer.take();
}

} // namespace tocsin
