// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/jsonreader.h"
#include "protocol/schemafields.h"

#include <QList>
#include <QMap>

#include <algorithm>
#include <array>
#include <utility>

namespace tocsin {

[[nodiscard]] inline bool readValue(JsonReader &reader, QString &value)
{
    return reader.readString(value);
}
[[nodiscard]] inline bool readValue(JsonReader &reader, qint64 &value)
{
    return reader.readInteger(value);
}
[[nodiscard]] inline bool readValue(JsonReader &reader, int &value)
{
    qint64 wide = 0;
    if (!reader.readInteger(wide))
        return false;
    if (!std::in_range<int>(wide))
        return reader.fail(QStringLiteral("integer of 32 bits"), QString::number(wide));
    value = int(wide);
    return true;
}
[[nodiscard]] inline bool readValue(JsonReader &reader, double &value)
{
    return reader.readDouble(value);
}
[[nodiscard]] inline bool readValue(JsonReader &reader, bool &value)
{
    return reader.readBoolean(value);
}
[[nodiscard]] inline bool readValue(JsonReader &reader, Timestamp &value)
{
    qint64 milliseconds = 0;
    if (!reader.readInteger(milliseconds))
        return false;
    value = timestampFromMilliseconds(milliseconds);
    return true;
}

template <HasEnumNames Enum>
[[nodiscard]] bool readValue(JsonReader &reader, Enum &value)
{
    std::string_view word;
    if (!reader.readUtf8(word))
        return false;
    const auto known = enumFromName<Enum>(word);
    if (!known)
        return reader.fail(expectedText<Enum>(), detail::shownWord(word));
    value = *known;
    return true;
}

template <HasSchema T>
[[nodiscard]] bool readValue(JsonReader &reader, T &value);
template <HasVariantSchema T>
[[nodiscard]] bool readValue(JsonReader &reader, T &value);
template <typename T>
[[nodiscard]] bool readValue(JsonReader &reader, QList<T> &value);
template <typename T>
[[nodiscard]] bool readValue(JsonReader &reader, QMap<QString, T> &value);

template <typename T>
[[nodiscard]] bool readValue(JsonReader &reader, std::optional<T> &value)
{
    if (reader.type() == JsonReader::Type::Null) {
        value.reset();
        return true; // left to the reader to pass over, checked
    }
    return readValue(reader, value.emplace());
}

template <typename T>
[[nodiscard]] bool readValue(JsonReader &reader, QList<T> &value)
{
    value.clear();
    return reader.readArray([&] { return readValue(reader, value.emplaceBack()); });
}

template <typename T>
[[nodiscard]] bool readValue(JsonReader &reader, QMap<QString, T> &value)
{
    value.clear();
    return reader.readObject(
        [&](std::string_view key) { return readValue(reader, value[detail::fromUtf8(key)]); });
}

namespace detail {

template <typename Value, typename Constraint>
[[nodiscard]] bool keeps(JsonReader &reader, const Value &value, const Constraint &constraint)
{
    return constraint.accepts(value) || reader.fail(constraint.expected(), constraint.got(value));
}

template <typename Struct, typename Member, typename... Constraints>
[[nodiscard]] bool readField(JsonReader &reader, Struct &value,
    const Field<Struct, Member, Constraints...> &field, bool &present)
{
    if (field.presence == Presence::Optional && reader.type() == JsonReader::Type::Null) {
        present = false;
        return true; // left to the reader to pass over, checked
    }
    present = true;
    if (!readValue(reader, value.*field.member))
        return false;
    if constexpr (sizeof...(Constraints) > 0) {
        const auto check = [&](const auto &checked) {
            return std::apply(
                [&](const auto &...each) { return (keeps(reader, checked, each) && ...); },
                field.constraints);
        };
        if constexpr (std::same_as<Member, constraint::Unwrapped<Member>>)
            return check(value.*field.member);
        else
            return !(value.*field.member) || check(*(value.*field.member));
    }
    return true;
}

/// The tag of the object at hand as an index, the object not consumed yet.
template <HasVariantSchema T>
[[nodiscard]] bool findTag(JsonReader &reader, std::size_t &tag)
{
    using Known = VariantSchema<T>;
    const auto expected = [] {
        QString words;
        for (const std::string_view word : Known::tags)
            words = oneOf(words, word);
        return words;
    };
    bool found = false;
    return reader.lookAhead([&] {
        return reader.readObject([&](std::string_view key) {
            if (key != Known::discriminator)
                return true;
            std::string_view word;
            if (!reader.readUtf8(word))
                return false;
            found = true;
            const auto known = std::ranges::find(Known::tags, word);
            tag = std::size_t(known - Known::tags.begin());
            return known != Known::tags.end() || reader.fail(expected(), shownWord(word));
        }) && (found || reader.failMissing(Known::discriminator, expected()));
    });
}

template <std::size_t Index, HasVariantSchema T>
[[nodiscard]] bool readAlternative(JsonReader &reader, T &value)
{
    if (value.index() == Index)
        return readValue(reader, *std::get_if<Index>(&value));
    return readValue(reader, value.template emplace<Index>());
}

} // namespace detail

/// Reading over a value that was used before gives what reading into a new one gives, in the same
/// memory where that can be: fields that are absent get the values that T gives them.
template <HasSchema T>
[[nodiscard]] bool readValue(JsonReader &reader, T &value)
{
    constexpr const auto &fields = Schema<T>::fields;
    constexpr std::size_t count = std::tuple_size_v<std::remove_cvref_t<decltype(fields)>>;
    std::array<bool, count> present{};
    // Senders write fields in one order: the one after the last is the one that comes.
    std::size_t next = 0;
    const bool read = reader.readObject([&](std::string_view key) {
        bool good = true;
        const auto takeIfNamed
            = [&]<std::size_t Index>(std::integral_constant<std::size_t, Index>, std::size_t from) {
                  constexpr const auto &field = std::get<Index>(fields);
                  if (Index < from || field.name != key)
                      return false;
                  good = detail::readField(reader, value, field, present[Index]);
                  next = Index + 1;
                  return true;
              };
        // Stops at the first field of that name.
        const auto take = [&](std::size_t from) {
            return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
                return (takeIfNamed(std::integral_constant<std::size_t, Index>{}, from) || ...);
            }(std::make_index_sequence<count>{});
        };
        if (!take(next) && next > 0)
            take(0);
        return good;
    });
    if (!read)
        return false;
    [[maybe_unused]] static const T unset{}; // not where there are no fields
    std::size_t index = 0;
    const auto complete = [&](const auto &field) {
        using Member = std::remove_cvref_t<decltype(value.*field.member)>;
        if (present[index++])
            return true;
        if (field.presence == Presence::Required)
            return reader.failMissing(field.name, expectedText<Member>());
        value.*field.member = unset.*field.member;
        return true;
    };
    return std::apply([&](const auto &...field) { return (complete(field) && ...); }, fields);
}

/// Looks for the tag first, as it may stand behind what it decides the form of. Of one that stands
/// twice the last one counts, as for every field.
template <HasVariantSchema T>
[[nodiscard]] bool readValue(JsonReader &reader, T &value)
{
    detail::checkVariantSchema<T>();
    std::size_t tag = 0;
    if (!detail::findTag<T>(reader, tag))
        return false;
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        return ((tag == Index && detail::readAlternative<Index>(reader, value)) || ...);
    }(std::make_index_sequence<std::variant_size_v<T>>{});
}

} // namespace tocsin
