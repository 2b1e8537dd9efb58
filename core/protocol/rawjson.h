// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schema.h"

namespace tocsin {

/// A field of any form, kept as the JSON that it is: checked to be valid, read by whoever knows its
/// type. Keys that a typed field would drop are still in it. Empty where the field was absent.
struct RawJson {
    QByteArray json;

    [[nodiscard]] bool isEmpty() const { return json.isEmpty(); }
    friend bool operator==(const RawJson &, const RawJson &) = default;
};

/// The same where only an object will do.
struct RawObject {
    QByteArray json;

    [[nodiscard]] bool isEmpty() const { return json.isEmpty(); }
    friend bool operator==(const RawObject &, const RawObject &) = default;
};

[[nodiscard]] inline bool readValue(JsonReader &reader, RawJson &value)
{
    std::string_view json;
    if (!reader.readRaw(json))
        return false;
    value.json = QByteArray(json.data(), qsizetype(json.size()));
    return true;
}

[[nodiscard]] inline bool readValue(JsonReader &reader, RawObject &value)
{
    if (reader.type() != JsonReader::Type::Object)
        return reader.readObject([](std::string_view) { return true; }); // says what it found
    RawJson any;
    if (!readValue(reader, any))
        return false;
    value.json = std::move(any.json);
    return true;
}

inline void writeValue(JsonWriter &writer, const RawJson &value)
{
    if (value.isEmpty())
        writer.null();
    else
        writer.raw({value.json.constData(), std::size_t(value.json.size())});
}

inline void writeValue(JsonWriter &writer, const RawObject &value)
{
    if (value.isEmpty())
        writer.beginObject().endObject();
    else
        writer.raw({value.json.constData(), std::size_t(value.json.size())});
}

} // namespace tocsin
