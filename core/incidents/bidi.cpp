// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/bidi.h"

#include <QList>

#include <algorithm>

namespace tocsin {

namespace {

constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popIsolate(0x2069);

bool isTurn(QChar character)
{
    const char16_t code = character.unicode();
    return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

bool runsFromTheRight(const QString &text)
{
    const auto characters = text.toUcs4();
    return std::ranges::any_of(characters, [](char32_t character) {
        const QChar::Direction direction = QChar::direction(character);
        return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirAN;
    });
}

} // namespace

QString withoutTurns(const QString &text)
{
    // Nearly always: every text of every row is looked at.
    if (std::ranges::none_of(text, isTurn))
        return text;
    QString plain = text;
    std::ranges::replace_if(plain, isTurn, QChar(QChar::ReplacementCharacter));
    return plain;
}

QString isolated(const QString &text)
{
    const QString plain = withoutTurns(text);
    return runsFromTheRight(plain) ? firstStrongIsolate + plain + popIsolate : plain;
}

} // namespace tocsin
