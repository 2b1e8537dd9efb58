// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schemaread.h"
#include "protocol/schemawrite.h"

/// Structs as JSON: what a Schema is stands in schemafields.h.
namespace tocsin {

/// The whole of `json` as a T, or the first thing wrong with it.
template <HasFields T>
[[nodiscard]] Expected<T> decode(JsonReader &reader, std::string_view json)
{
    T value{};
    if (!reader.read(json, [&] { return readValue(reader, value); }))
        return tl::unexpected<Error>(reader.error());
    return value;
}

template <HasFields T>
[[nodiscard]] QByteArray encode(const T &value)
{
    JsonWriter writer;
    writeValue(writer, value);
    return writer.take();
}

} // namespace tocsin
