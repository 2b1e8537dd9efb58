// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/keynames.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

struct KeyNames {
    Q_DECLARE_TR_FUNCTIONS(KeyNames)
};

// Those that have a word printed on them; a letter or a sign is called as it looks.
constexpr std::array words{
    QT_TRANSLATE_NOOP("KeyNames", "Ctrl"),
    QT_TRANSLATE_NOOP("KeyNames", "Shift"),
    QT_TRANSLATE_NOOP("KeyNames", "Alt"),
    QT_TRANSLATE_NOOP("KeyNames", "Esc"),
    QT_TRANSLATE_NOOP("KeyNames", "Enter"),
    QT_TRANSLATE_NOOP("KeyNames", "Tab"),
    QT_TRANSLATE_NOOP("KeyNames", "Del"),
    QT_TRANSLATE_NOOP("KeyNames", "Space"),
    QT_TRANSLATE_NOOP("KeyNames", "Up"),
    QT_TRANSLATE_NOOP("KeyNames", "Down"),
    QT_TRANSLATE_NOOP("KeyNames", "Left"),
    QT_TRANSLATE_NOOP("KeyNames", "Right"),
    QT_TRANSLATE_NOOP("KeyNames", "PgUp"),
    QT_TRANSLATE_NOOP("KeyNames", "PgDown"),
    QT_TRANSLATE_NOOP("KeyNames", "Home"),
    QT_TRANSLATE_NOOP("KeyNames", "End"),
};

QString nameOf(const QString &one)
{
    const auto word = std::ranges::find_if(
        words, [&one](const char *each) { return one == QLatin1StringView(each); });
    return word == words.end() ? one : KeyNames::tr(*word);
}

} // namespace

QString keyName(const QString &key)
{
    QStringList names = key.split(u'+');
    std::ranges::transform(names, names.begin(), nameOf);
    return names.join(u'+');
}

} // namespace tocsin
