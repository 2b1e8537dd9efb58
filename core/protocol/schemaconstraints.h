// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QLocale>
#include <QString>

#include <concepts>
#include <optional>
#include <type_traits>

/// What a field can ask of its value beyond its type: see Field. Each is a type of its own, so that
/// a field that asks for nothing costs nothing.
namespace tocsin::constraint {

/// T, or what a std::optional of it holds.
template <typename T>
struct UnwrappedType {
    using Type = T;
};
/// Of a std::optional: its value.
template <typename T>
struct UnwrappedType<std::optional<T>> {
    using Type = T;
};
/// A std::optional is held to what its value is held to.
template <typename T>
using Unwrapped = typename UnwrappedType<T>::Type;

template <typename T>
concept Number = (std::integral<T> && !std::same_as<T, bool>) || std::same_as<T, double>;
template <typename T>
concept Sized = requires(const T &value) {
    value.size();
    value.isEmpty();
};
template <typename T>
concept Text = std::same_as<T, QString>;
template <typename T>
concept Container = Sized<T> && !Text<T>;
template <typename T>
concept Map = Container<T> && requires { typename T::mapped_type; };

/// What a bound for T is given as.
template <typename T>
using Bound = std::conditional_t<std::same_as<T, double>, double, qint64>;

[[nodiscard]] inline QString text(qint64 number)
{
    return QString::number(number);
}
[[nodiscard]] inline QString text(double number)
{
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

/// `1 character`, `2 characters`.
[[nodiscard]] inline QString counted(qsizetype count, QStringView one, QStringView many)
{
    return QStringLiteral("%1 %2").arg(count).arg(count == 1 ? one : many);
}

/// A number that is not less.
template <typename Number>
struct AtLeast {
    Number least;

    [[nodiscard]] constexpr bool accepts(Number value) const { return value >= least; }
    [[nodiscard]] QString expected() const
    {
        return QStringLiteral("at least %1").arg(text(least));
    }
    [[nodiscard]] QString got(Number value) const { return text(value); }
};

/// A number that is not more.
template <typename Number>
struct AtMost {
    Number most;

    [[nodiscard]] constexpr bool accepts(Number value) const { return value <= most; }
    [[nodiscard]] QString expected() const { return QStringLiteral("at most %1").arg(text(most)); }
    [[nodiscard]] QString got(Number value) const { return text(value); }
};

/// A number in a range, both ends included.
template <typename Number>
struct Between {
    Number least;
    Number most;

    [[nodiscard]] constexpr bool accepts(Number value) const
    {
        return value >= least && value <= most;
    }
    [[nodiscard]] QString expected() const
    {
        return QStringLiteral("between %1 and %2").arg(text(least), text(most));
    }
    [[nodiscard]] QString got(Number value) const { return text(value); }
};

/// Something must be in it.
template <typename Value>
struct NotEmpty {
    [[nodiscard]] static bool accepts(const Value &value) { return !value.isEmpty(); }
    [[nodiscard]] static QString expected()
    {
        if constexpr (Text<Value>)
            return QStringLiteral("string that is not empty");
        else if constexpr (Map<Value>)
            return QStringLiteral("object that is not empty");
        else
            return QStringLiteral("array that is not empty");
    }
    [[nodiscard]] static QString got(const Value &)
    {
        if constexpr (Text<Value>)
            return QStringLiteral("\"\"");
        else if constexpr (Map<Value>)
            return QStringLiteral("{}");
        else
            return QStringLiteral("[]");
    }
};

/// A string of no more UTF-16 units.
struct MaximumLength {
    qsizetype most;

    [[nodiscard]] bool accepts(const QString &value) const { return value.size() <= most; }
    [[nodiscard]] QString expected() const
    {
        return QStringLiteral("at most ") + counted(most, u"character", u"characters");
    }
    [[nodiscard]] QString got(const QString &value) const { return text(qint64(value.size())); }
};

/// A list or a map of no more values.
template <typename Value>
struct MaximumSize {
    qsizetype most;

    [[nodiscard]] bool accepts(const Value &value) const { return value.size() <= most; }
    [[nodiscard]] QString expected() const
    {
        if constexpr (Map<Value>)
            return QStringLiteral("at most ") + counted(most, u"entry", u"entries");
        else
            return QStringLiteral("at most ") + counted(most, u"element", u"elements");
    }
    [[nodiscard]] QString got(const Value &value) const { return text(qint64(value.size())); }
};

} // namespace tocsin::constraint
