// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/report.h"
#include "gateway/rfc3339.h"
#include "protocol/schema.h"

namespace tocsin {

/// A time in a sender's payload: an RFC 3339 text. Go's zero time, year 1, means "none".
struct TextTime {
    std::optional<Timestamp> value;
};

/// The same, or an integer of milliseconds since the epoch.
struct FlexibleTime {
    std::optional<Timestamp> value;
};

template <>
inline QString expectedText<TextTime>()
{
    return QStringLiteral("time (RFC 3339)");
}

template <>
inline QString expectedText<FlexibleTime>()
{
    return QStringLiteral("time (RFC 3339, or integer ms since the epoch)");
}

namespace detail {

[[nodiscard]] inline bool readTime(
    JsonReader &reader, const QString &expected, std::optional<Timestamp> &value)
{
    std::string_view text;
    if (reader.type() != JsonReader::Type::String)
        return reader.fail(expected, QStringLiteral("another type"));
    if (!reader.readUtf8(text))
        return false;
    value = parseRfc3339(text);
    if (!value) {
        const auto shown = QString::fromUtf8(text.data(), qsizetype(text.size())).left(40);
        return reader.fail(expected, u'"' + shown + u'"');
    }
    if (*value < timestampFromMilliseconds(0))
        value.reset();
    return true;
}

} // namespace detail

[[nodiscard]] inline bool readValue(JsonReader &reader, TextTime &time)
{
    return detail::readTime(reader, expectedText<TextTime>(), time.value);
}

[[nodiscard]] inline bool readValue(JsonReader &reader, FlexibleTime &time)
{
    if (reader.type() == JsonReader::Type::Number) {
        if (!readValue(reader, time.value))
            return false;
        // Of some days in 1970 to 1973, or of 2001 and later, where they are seconds.
        constexpr qint64 fewestSeconds = 1'000'000'000;
        constexpr qint64 fewestMilliseconds = 100'000'000'000;
        const qint64 milliseconds = time.value ? toMilliseconds(*time.value) : 0;
        if (milliseconds >= fewestSeconds && milliseconds < fewestMilliseconds) {
            return reader.fail(expectedText<FlexibleTime>(),
                QStringLiteral("%1, which are seconds").arg(milliseconds));
        }
        // As year 1 does, it means "none".
        if (milliseconds <= 0)
            time.value.reset();
        return true;
    }
    return detail::readTime(reader, expectedText<FlexibleTime>(), time.value);
}

template <>
struct EnumNames<ReportStatus> {
    static constexpr std::array entries{
        std::pair{ReportStatus::Firing, std::string_view("firing")},
        std::pair{ReportStatus::Resolved, std::string_view("resolved")},
    };
};

/// An error of a payload, its message naming the place too: what a sender's log will show.
[[nodiscard]] inline Error payloadError(const Error &error)
{
    if (error.where.isEmpty())
        return error;
    return {error.code, error.where + QStringLiteral(": ") + error.message, error.where};
}

} // namespace tocsin
