// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/jsonwriter.h"
#include "protocol/schemafields.h"

#include <QList>
#include <QMap>

namespace tocsin {

inline void writeValue(JsonWriter &writer, const QString &value)
{
    writer.string(value);
}
inline void writeValue(JsonWriter &writer, qint64 value)
{
    writer.integer(value);
}
inline void writeValue(JsonWriter &writer, int value)
{
    writer.integer(value);
}
inline void writeValue(JsonWriter &writer, double value)
{
    writer.number(value);
}
inline void writeValue(JsonWriter &writer, bool value)
{
    writer.boolean(value);
}
inline void writeValue(JsonWriter &writer, Timestamp value)
{
    writer.integer(toMilliseconds(value));
}
template <HasEnumNames Enum>
void writeValue(JsonWriter &writer, Enum value)
{
    writer.utf8(enumName(value));
}
template <HasFields T>
void writeValue(JsonWriter &writer, const T &value);
template <typename T>
void writeValue(JsonWriter &writer, const QList<T> &value);
template <typename T>
void writeValue(JsonWriter &writer, const QMap<QString, T> &value);

template <typename T>
void writeValue(JsonWriter &writer, const std::optional<T> &value)
{
    if (value)
        writeValue(writer, *value);
    else
        writer.null();
}

template <typename T>
void writeValue(JsonWriter &writer, const QList<T> &value)
{
    writer.beginArray();
    for (const auto &element : value)
        writeValue(writer, element);
    writer.endArray();
}

template <typename T>
void writeValue(JsonWriter &writer, const QMap<QString, T> &value)
{
    writer.beginObject();
    for (auto it = value.cbegin(); it != value.cend(); ++it) {
        writer.key(QStringView(it.key()));
        writeValue(writer, it.value());
    }
    writer.endObject();
}

namespace detail {

template <typename T>
[[nodiscard]] bool isEmptyValue(const T &value)
{
    if constexpr (requires { value.isEmpty(); })
        return value.isEmpty();
    else if constexpr (requires { value.has_value(); })
        return !value.has_value();
    else
        return false;
}

/// Whether a reader finds the field empty where it is absent: what its struct gives it is empty
/// too.
template <typename T, typename Field>
[[nodiscard]] bool isEmptyByDefault(const Field &field)
{
    static const T unset{};
    return isEmptyValue(unset.*field.member);
}

} // namespace detail

/// The fields without the braces, for a payload that stands beside other keys. An optional field
/// that is empty is left out, unless a reader would then take its default for it.
template <HasSchema T>
void writeFields(JsonWriter &writer, const T &value)
{
    std::apply(
        [&](const auto &...field) {
            (
                [&] {
                    if (field.presence == Presence::Optional
                        && detail::isEmptyValue(value.*field.member)
                        && detail::isEmptyByDefault<T>(field))
                        return;
                    writer.key(field.name);
                    writeValue(writer, value.*field.member);
                }(),
                ...);
        },
        Schema<T>::fields);
}

template <HasVariantSchema T>
void writeFields(JsonWriter &writer, const T &value)
{
    detail::checkVariantSchema<T>();
    writer.key(VariantSchema<T>::discriminator).utf8(VariantSchema<T>::tags[value.index()]);
    std::visit([&writer](const auto &alternative) { writeFields(writer, alternative); }, value);
}

template <HasFields T>
void writeValue(JsonWriter &writer, const T &value)
{
    writer.beginObject();
    writeFields(writer, value);
    writer.endObject();
}

} // namespace tocsin
