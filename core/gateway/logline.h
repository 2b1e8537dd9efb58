// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/export.h"
#include "protocol/schema.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <concepts>
#include <initializer_list>
#include <variant>

namespace tocsin {

/// How much an operator should care, and with it who is told: debug is a line a session and a post.
enum class LogLevel { Debug, Info, Warning, Error };

template <>
struct EnumNames<LogLevel> {
    static constexpr std::array entries{
        std::pair{LogLevel::Debug, std::string_view("debug")},
        std::pair{LogLevel::Info, std::string_view("info")},
        std::pair{LogLevel::Warning, std::string_view("warning")},
        std::pair{LogLevel::Error, std::string_view("error")},
    };
};

/// How a line is written: `event=session.closed code=4008`, or the same as a JSON object.
enum class LogFormat { Text, Json };

template <>
struct EnumNames<LogFormat> {
    static constexpr std::array entries{
        std::pair{LogFormat::Text, std::string_view("text")},
        std::pair{LogFormat::Json, std::string_view("json")},
    };
};

/// A value of a line: a text or a whole number.
struct LogValue {
    LogValue(QString text)
        : value(std::move(text))
    {
    }
    LogValue(const char *text)
        : value(QString::fromUtf8(text))
    {
    }
    LogValue(std::integral auto number)
        : value(qint64(number))
    {
    }

    std::variant<QString, qint64> value;
    friend bool operator==(const LogValue &, const LogValue &) = default;
};

/// `key` is a word in lower case. A field whose text is empty is left out.
struct LogField {
    const char *key;
    LogValue value;
};

/// One line in logfmt, without its end: `event=EVENT key=value key="a value"`. Whatever the texts
/// are, it stays one line, its fields stay these, and nothing in it moves a terminal's cursor:
/// quotes, backslashes, control characters and those that change the direction of writing are
/// escaped as in JSON. A text that could be taken for a number is quoted, a very long one cut.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT QString logLine(
    const char *event, std::initializer_list<LogField> fields);

/// Writes a line to the category `tocsin.gateway`, where that level is enabled. From any thread.
/// Never give it a token, nor a text that a stranger may have put one in: no body, no query, no
/// header but an address.
TOCSIN_GATEWAY_EXPORT void logEvent(
    LogLevel level, const char *event, std::initializer_list<LogField> fields);

/// What a message handler is given, and when.
struct LogRecord {
    LogLevel level = LogLevel::Info;
    QString category;
    QString message;
    std::chrono::sys_time<std::chrono::milliseconds> at;
};

/// Where a line goes: the journal has a clock of its own and wants the priority in front (`<6>`,
/// sd-daemon(3)); a stream has neither.
enum class LogTarget { Stream, Journal };

/// The record as one line with its end. A message that is not of logEvent() (Qt's own, say) becomes
/// `event=message` with its category and text.
[[nodiscard]] TOCSIN_GATEWAY_EXPORT QByteArray renderLogRecord(
    const LogRecord &record, LogFormat format, LogTarget target);

} // namespace tocsin
