// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/schemaconstraints.h"
#include "protocol/timestamp.h"

#include <QString>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace tocsin {

/// A struct's schema, written once as a constexpr list of its fields; decoding, encoding,
/// validation and its error texts all come from that list:
///
///     template <> struct Schema<Link> {
///         static constexpr auto fields = std::tuple{
///             required("title", &Link::title).maximumLength(200),
///             required("url", &Link::url).notEmpty()};
///     };
///
/// Member types: QString, qint64, int, double, bool, Timestamp (integer ms), an enumeration with
/// EnumNames, std::optional, QList and QMap<QString, …> of these, structs with a Schema, and
/// std::variants with a VariantSchema. Unknown fields are ignored; `null` counts as absent where
/// the field is optional. A required std::optional has to be there, and may be `null`.
template <typename T>
struct Schema;

/// The words of an enumeration on the wire: `entries`, an array of (value, word), and optionally
/// `fallback`, the value for a word that is not in the list (without it, such a word is refused).
template <typename Enum>
struct EnumNames;

/// A std::variant of structs with a Schema, told apart by a field that none of them has itself:
///
///     using Action = std::variant<OpenAction, CloseAction>;
///     template <> struct VariantSchema<Action> {
///         static constexpr std::string_view discriminator = "type";
///         static constexpr std::array tags{"open"sv, "close"sv};
///     };
///
/// The tags stand in the order of the alternatives. On the wire it is the alternative's object with
/// the discriminator in it: written first, read wherever it stands. A tag that is none of these is
/// refused.
template <typename Variant>
struct VariantSchema;

enum class Presence { Required, Optional };

/// One field of a Schema. The functions below say what its value has to keep besides its type; they
/// can be chained, and the first that is broken, in that order, is the one that is reported. They
/// hold for what is read, not for what is written; a std::optional is held to them where it has a
/// value. A field that is absent keeps the value that its struct gives it, whatever that is.
template <typename Struct, typename Member, typename... Constraints>
struct Field {
    using Value = constraint::Unwrapped<Member>;
    using Bound = constraint::Bound<Value>;

    std::string_view name;
    Member Struct::*member;
    Presence presence;
    std::tuple<Constraints...> constraints = {};

    [[nodiscard]] constexpr auto atLeast(Bound least) const
    {
        static_assert(constraint::Number<Value>, "atLeast() is for numbers");
        return with(constraint::AtLeast<Bound>{least});
    }
    [[nodiscard]] constexpr auto atMost(Bound most) const
    {
        static_assert(constraint::Number<Value>, "atMost() is for numbers");
        return with(constraint::AtMost<Bound>{most});
    }
    /// Both ends are accepted.
    [[nodiscard]] constexpr auto between(Bound least, Bound most) const
    {
        static_assert(constraint::Number<Value>, "between() is for numbers");
        return with(constraint::Between<Bound>{least, most});
    }
    /// For strings, lists and maps.
    [[nodiscard]] constexpr auto notEmpty() const
    {
        static_assert(constraint::Sized<Value>, "notEmpty() is for strings, lists and maps");
        return with(constraint::NotEmpty<Value>{});
    }
    /// In UTF-16 code units, as QString and JavaScript count.
    [[nodiscard]] constexpr auto maximumLength(qsizetype most) const
    {
        static_assert(constraint::Text<Value>, "maximumLength() is for strings");
        return with(constraint::MaximumLength{most});
    }
    /// Of a list's elements or a map's entries.
    [[nodiscard]] constexpr auto maximumSize(qsizetype most) const
    {
        static_assert(constraint::Container<Value>, "maximumSize() is for lists and maps");
        return with(constraint::MaximumSize<Value>{most});
    }

private:
    template <typename Constraint>
    [[nodiscard]] constexpr Field<Struct, Member, Constraints..., Constraint> with(
        Constraint constraint) const
    {
        return {name, member, presence, std::tuple_cat(constraints, std::tuple{constraint})};
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
template <typename T>
concept HasVariantSchema = requires {
    std::variant_size<T>::value;
    VariantSchema<T>::discriminator;
    VariantSchema<T>::tags;
};
/// What can be the whole of a message's data: an object with known fields.
template <typename T>
concept HasFields = HasSchema<T> || HasVariantSchema<T>;

namespace detail {

/// Whether `predicate` holds for each alternative, given as a std::type_identity.
template <typename Variant, typename Predicate>
[[nodiscard]] constexpr bool allAlternatives(Predicate predicate)
{
    return [predicate]<std::size_t... Index>(std::index_sequence<Index...>) {
        return (predicate(std::type_identity<std::variant_alternative_t<Index, Variant>>{}) && ...);
    }(std::make_index_sequence<std::variant_size_v<Variant>>{});
}

} // namespace detail

/// Whether what is written of T can have a field of that name; for compile-time checks.
template <HasFields T>
[[nodiscard]] constexpr bool schemaHasField(std::string_view name)
{
    if constexpr (HasSchema<T>) {
        return std::apply([name](const auto &...field) { return ((field.name == name) || ...); },
            Schema<T>::fields);
    } else {
        return name == VariantSchema<T>::discriminator
            || !detail::allAlternatives<T>(
                [name]<typename A>(std::type_identity<A>) { return !schemaHasField<A>(name); });
    }
}

namespace detail {

template <HasVariantSchema T>
[[nodiscard]] consteval bool hasOneTagEach()
{
    return VariantSchema<T>::tags.size() == std::variant_size_v<T>;
}

template <HasVariantSchema T>
[[nodiscard]] consteval bool hasDifferentTags()
{
    auto sorted = VariantSchema<T>::tags;
    std::ranges::sort(sorted);
    return std::ranges::adjacent_find(sorted) == sorted.end();
}

template <HasVariantSchema T>
[[nodiscard]] consteval bool hasSchemasOnly()
{
    return allAlternatives<T>([]<typename A>(std::type_identity<A>) { return HasSchema<A>; });
}

template <HasVariantSchema T>
[[nodiscard]] consteval bool leavesDiscriminatorFree()
{
    return allAlternatives<T>([]<typename A>(std::type_identity<A>) {
        if constexpr (HasSchema<A>)
            return !schemaHasField<A>(VariantSchema<T>::discriminator);
        else
            return true;
    });
}

/// Used wherever a variant is read or written, so that a wrong VariantSchema is told at once.
template <HasVariantSchema T>
constexpr void checkVariantSchema()
{
    static_assert(hasOneTagEach<T>(),
        "VariantSchema::tags needs exactly one tag for each alternative of the variant, in order");
    static_assert(
        hasDifferentTags<T>(), "VariantSchema::tags names two alternatives by the same tag");
    static_assert(
        hasSchemasOnly<T>(), "each alternative of a variant with a VariantSchema needs a Schema");
    static_assert(leavesDiscriminatorFree<T>(),
        "an alternative of the variant has a field that is called like "
        "VariantSchema::discriminator");
}

[[nodiscard]] inline QString fromUtf8(std::string_view text)
{
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// `one of open, close`
[[nodiscard]] inline QString oneOf(const QString &list, std::string_view word)
{
    return list + (list.isEmpty() ? QStringLiteral("one of ") : QStringLiteral(", "))
        + fromUtf8(word);
}

/// What was found instead of a known word: as much of it as a person wants to see.
[[nodiscard]] inline QString shownWord(std::string_view word)
{
    return u'"' + fromUtf8(word).left(40) + u'"';
}

} // namespace detail

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
    return detail::fromUtf8(enumName(value));
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
        for (const auto &[value, word] : EnumNames<T>::entries)
            words = detail::oneOf(words, word);
        return words;
    } else if constexpr (requires(T list) { list.push_back(list.front()); })
        return QStringLiteral("array");
    else
        return QStringLiteral("object");
}

} // namespace tocsin
