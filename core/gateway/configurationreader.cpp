// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/configurationreader_p.h"

#include <QRegularExpression>

namespace tocsin {

using std::chrono::milliseconds;
using namespace std::chrono_literals;

QString tomlText(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
}

std::optional<QStringList> tomlStrings(const toml::node *node)
{
    if (!node)
        return std::nullopt;
    if (node->is_string())
        return QStringList{tomlText(node->value_or(std::string_view()))};
    if (!node->is_array() || node->as_array()->empty())
        return std::nullopt;
    QStringList strings;
    for (const toml::node &element : *node->as_array()) {
        if (!element.is_string())
            return std::nullopt;
        strings.append(tomlText(element.value_or(std::string_view())));
    }
    return strings;
}

std::optional<milliseconds> parseDuration(const QString &written)
{
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,9})(ms|s|m|h|d)$"));
    const auto match = pattern.match(written);
    if (!match.hasMatch())
        return std::nullopt;
    const auto number = match.captured(1).toLongLong();
    const QString unit = match.captured(2);
    if (unit == u"ms")
        return milliseconds(number);
    const milliseconds one = unit == u"s" ? milliseconds(1s)
        : unit == u"m"                    ? milliseconds(1min)
        : unit == u"h"                    ? milliseconds(1h)
                                          : milliseconds(24h);
    return number * one;
}

QString durationText(milliseconds duration)
{
    for (const auto &[unit, letter] :
        {std::pair(milliseconds(24h), "d"), std::pair(milliseconds(1h), "h"),
            std::pair(milliseconds(1min), "m"), std::pair(milliseconds(1s), "s")}) {
        if (duration % unit == 0ms)
            return QString::number(duration / unit) + QLatin1StringView(letter);
    }
    return QString::number(duration.count()) + QStringLiteral("ms");
}

} // namespace tocsin
