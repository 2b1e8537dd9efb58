// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/jsonreader.h"
#include "protocol/jsonwriter.h"
#include "protocol/timestamp.h"

#include <QList>
#include <QMap>

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <tuple>
#include <utility>

namespace tocsin {

/// A struct's schema, written once as a constexpr list of its fields; decoding, encoding,
/// validation and its error texts all come from that list:
///
///     template <> struct Schema<Link> {
///         static constexpr auto fields = std::tuple{required("title", &Link::title),
///                                                   required("url", &Link::url)};
///     };
///
/// Member types: QString, qint64, int, double, bool, Timestamp (integer ms), an enumeration with
/// EnumNames, std::optional, QList and QMap<QString, …> of these, and structs with a Schema.
/// Unknown fields are ignored; `null` counts as absent where the field is optional. A required
/// std::optional has to be there, and may be `null`.
template <typename T>
struct Schema;

/// The words of an enumeration on the wire: `entries`, an array of (value, word), and optionally
/// `fallback`, the value for a word that is not in the list (without it, such a word is refused).
template <typename Enum>
struct EnumNames;

enum class Presence { Required, Optional };

template <typename Struct, typename Member>
struct Field {
    std::string_view name;
    Member Struct::*member;
    Presence presence;
    /// For integers: the least value that is accepted.
    qint64 minimum = std::numeric_limits<qint64>::min();

    [[nodiscard]] constexpr Field atLeast(qint64 least) const
    {
        return {name, member, presence, least};
    }
};

template <typename Struct, typename Member>
[[nodiscard]] constexpr Field<Struct, Member> required(
    std::string_view name, Member Struct::*member)
{
    return {name, member, Presence::Required};
}

template <typename Struct, typename Member>
[[nodiscard]] constexpr Field<Struct, Member> optional(
    std::string_view name, Member Struct::*member)
{
    return {name, member, Presence::Optional};
}

template <typename T>
concept HasSchema = requires { Schema<T>::fields; };
template <typename T>
concept HasEnumNames = std::is_enum_v<T> && requires { EnumNames<T>::entries; };

/// Whether the schema of T has a field of that name; for compile-time checks.
template <HasSchema T>
[[nodiscard]] consteval bool schemaHasField(std::string_view name)
{
    return std::apply(
        [name](const auto &...field) { return ((field.name == name) || ...); }, Schema<T>::fields);
}

template <HasEnumNames Enum>
[[nodiscard]] constexpr std::string_view enumName(Enum value)
{
    for (const auto &[candidate, word] : EnumNames<Enum>::entries) {
        if (candidate == value)
            return word;
    }
    return {};
}

template <HasEnumNames Enum>
[[nodiscard]] constexpr std::optional<Enum> enumFromName(std::string_view name)
{
    for (const auto &[candidate, word] : EnumNames<Enum>::entries) {
        if (word == name)
            return candidate;
    }
    if constexpr (requires { EnumNames<Enum>::fallback; })
        return EnumNames<Enum>::fallback;
    return std::nullopt;
}

template <HasEnumNames Enum>
[[nodiscard]] QString enumQString(Enum value)
{
    const auto name = enumName(value);
    return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

/// What a value of type T looks like, for an error text.
template <typename T>
[[nodiscard]] QString expectedText()
{
    if constexpr (std::same_as<T, QString>)
        return QStringLiteral("string");
    else if constexpr (std::same_as<T, bool>)
        return QStringLiteral("boolean");
    else if constexpr (std::same_as<T, double>)
        return QStringLiteral("number");
    else if constexpr (std::integral<T>)
        return QStringLiteral("integer");
    else if constexpr (std::same_as<T, Timestamp>)
        return QStringLiteral("integer (ms since the epoch)");
    else if constexpr (requires(T value) { value.has_value(); })
        return expectedText<typename T::value_type>() + QStringLiteral(" or null");
    else if constexpr (HasEnumNames<T>) {
        QString words;
        for (const auto &[value, word] : EnumNames<T>::entries) {
            words += (words.isEmpty() ? QStringLiteral("one of ") : QStringLiteral(", "))
                + QString::fromUtf8(word.data(), qsizetype(word.size()));
        }
        return words;
    } else if constexpr (requires(T list) { list.push_back(list.front()); })
        return QStringLiteral("array");
    else
        return QStringLiteral("object");
}

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
    if (!known) {
        const auto shown = QString::fromUtf8(word.data(), qsizetype(word.size())).left(40);
        return reader.fail(expectedText<Enum>(), u'"' + shown + u'"');
    }
    value = *known;
    return true;
}

template <HasSchema T>
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
    return reader.readObject([&](std::string_view key) {
        const auto name = QString::fromUtf8(key.data(), qsizetype(key.size()));
        return readValue(reader, value[name]);
    });
}

namespace detail {

template <typename Struct, typename Member>
[[nodiscard]] bool readField(
    JsonReader &reader, Struct &value, const Field<Struct, Member> &field, bool &present)
{
    if (field.presence == Presence::Optional && reader.type() == JsonReader::Type::Null) {
        present = false;
        return true; // left to the reader to pass over, checked
    }
    present = true;
    if (!readValue(reader, value.*field.member))
        return false;
    if constexpr (std::integral<Member>) {
        if (qint64(value.*field.member) < field.minimum) {
            return reader.fail(QStringLiteral("at least %1").arg(field.minimum),
                QString::number(value.*field.member));
        }
    }
    return true;
}

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
template <HasSchema T>
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

/// The fields without the braces, for a payload that stands beside other keys.
template <HasSchema T>
void writeFields(JsonWriter &writer, const T &value)
{
    std::apply(
        [&](const auto &...field) {
            (
                [&] {
                    if (field.presence == Presence::Optional
                        && detail::isEmptyValue(value.*field.member))
                        return;
                    writer.key(field.name);
                    writeValue(writer, value.*field.member);
                }(),
                ...);
        },
        Schema<T>::fields);
}

template <HasSchema T>
void writeValue(JsonWriter &writer, const T &value)
{
    writer.beginObject();
    writeFields(writer, value);
    writer.endObject();
}

/// The whole of `json` as a T, or the first thing wrong with it.
template <HasSchema T>
[[nodiscard]] Expected<T> decode(JsonReader &reader, std::string_view json)
{
    T value{};
    if (!reader.read(json, [&] { return readValue(reader, value); }))
        return tl::unexpected<Error>(reader.error());
    return value;
}

template <HasSchema T>
[[nodiscard]] QByteArray encode(const T &value)
{
    JsonWriter writer;
    writeValue(writer, value);
    return writer.take();
}

} // namespace tocsin
