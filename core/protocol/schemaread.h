// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/jsonreader.h"
#include "protocol/schemafields.h"

#include <QList>
#include <QMap>

#include <algorithm>
#include <cstdint>
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
    // Most senders sort: each key is looked for at the end first.
    return reader.readObject([&](std::string_view key) {
        return readValue(reader, *value.insert(value.cend(), detail::fromUtf8(key), T()));
    });
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

/// Which fields of a struct may differ from what its type gives them: bit n for field n.
using PresentFields = std::uint64_t;
inline constexpr PresentFields anyField = ~PresentFields{0};

namespace detail {

/// The fields of one T as they come. Keys are handed on by value throughout: a closure that holds
/// one makes the compiler write it to memory and read it back at once, which stalls the processor.
template <HasSchema T>
class FieldReader
{
public:
    static constexpr const auto &fields = Schema<T>::fields;
    static constexpr std::size_t count
        = std::tuple_size_v<std::remove_cvref_t<decltype(Schema<T>::fields)>>;
    static_assert(count <= 64, "PresentFields has a bit for each of 64 fields");

    FieldReader(JsonReader &reader, T &value)
        : m_reader(reader)
        , m_value(value)
    {
    }

    /// Reads the field of that name, if there is one.
    bool operator()(std::string_view key)
    {
        // Senders write fields in one order: the one after the last is the one that comes.
        const Outcome outcome = take(key, m_next, std::make_index_sequence<count>{});
        if (outcome != Outcome::NotOurs || m_next == 0)
            return outcome != Outcome::Failed;
        return take(key, 0, std::make_index_sequence<count>{}) != Outcome::Failed;
    }

    /// After the last: gives those that were `before` and are no more their own value.
    bool complete(PresentFields before)
    {
        return complete(before, std::make_index_sequence<count>{});
    }
    [[nodiscard]] PresentFields present() const { return m_present; }

private:
    enum class Outcome { NotOurs, Read, Failed };
    template <std::size_t Index>
    static constexpr PresentFields bit = PresentFields{1} << Index;

    template <std::size_t... Index>
    Outcome take([[maybe_unused]] std::string_view key, [[maybe_unused]] std::size_t from,
        std::index_sequence<Index...>)
    {
        auto outcome = Outcome::NotOurs;
        // Stops at the first field of that name.
        (void)((isNamed<Index>(key, from) && (outcome = read<Index>(), true)) || ...);
        return outcome;
    }
    template <std::size_t Index>
    static bool isNamed(std::string_view key, std::size_t from)
    {
        return Index >= from && std::get<Index>(fields).name == key;
    }
    template <std::size_t Index>
    Outcome read()
    {
        m_next = Index + 1;
        bool isPresent = false;
        if (!readField(m_reader, m_value, std::get<Index>(fields), isPresent))
            return Outcome::Failed;
        m_present |= isPresent ? bit<Index> : 0;
        return Outcome::Read;
    }
    template <std::size_t... Index>
    bool complete([[maybe_unused]] PresentFields before, std::index_sequence<Index...>)
    {
        return (completeOne<Index>(before) && ...);
    }
    template <std::size_t Index>
    bool completeOne([[maybe_unused]] PresentFields before)
    {
        constexpr const auto &field = std::get<Index>(fields);
        using Member = std::remove_cvref_t<decltype(m_value.*field.member)>;
        if (m_present & bit<Index>)
            return true;
        if constexpr (field.presence == Presence::Required) {
            return m_reader.failMissing(field.name, expectedText<Member>());
        } else {
            static const T unset{};
            if (before & bit<Index>)
                m_value.*field.member = unset.*field.member;
            return true;
        }
    }

    JsonReader &m_reader;
    T &m_value;
    std::size_t m_next = 0;
    PresentFields m_present = 0;
};

} // namespace detail

/// Reads over a value that was used before: the outcome is what reading into a new one gives, in
/// the same memory where that can be. Fields that are absent get the values that T gives them; by
/// `present`, kept from read to read, those that have them already are left alone.
template <HasSchema T>
[[nodiscard]] bool readOver(JsonReader &reader, T &value, PresentFields &present)
{
    const PresentFields before = std::exchange(present, anyField);
    detail::FieldReader<T> fields(reader, value);
    if (!reader.readObject(fields) || !fields.complete(before))
        return false;
    present = fields.present();
    return true;
}

template <HasSchema T>
[[nodiscard]] bool readValue(JsonReader &reader, T &value)
{
    PresentFields present = anyField;
    return readOver(reader, value, present);
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

template <HasVariantSchema T>
[[nodiscard]] bool readOver(JsonReader &reader, T &value, PresentFields & /*present*/)
{
    return readValue(reader, value);
}

} // namespace tocsin
