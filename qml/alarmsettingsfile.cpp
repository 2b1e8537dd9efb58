// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What AlarmSettings have in a file of exported settings.
#include "qml/alarmsettings.h"
#include "qml/preferencesfile_p.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

enum class Kind { Switch, Number, Severities, Filter };

struct Choice {
    /// As in the person's own settings.
    QLatin1StringView key;
    Kind kind;
    void (*take)(AlarmSettings &, const QVariant &);
    int minimum = 0;
    int maximum = 0;
};

/// A snooze is none of them: it is of one day, and of one place.
constexpr std::array choices{
    Choice{"sound"_L1, Kind::Switch,
        [](AlarmSettings &settings, const QVariant &on) { settings.setSoundOn(on.toBool()); }},
    Choice{"soundSeverities"_L1, Kind::Severities,
        [](AlarmSettings &settings, const QVariant &bits) { settings.setSoundBits(bits.toInt()); }},
    Choice{"volume"_L1, Kind::Number,
        [](AlarmSettings &settings, const QVariant &percent) {
            settings.setVolume(percent.toInt());
        },
        0, 100},
    Choice{"repeatSeconds"_L1, Kind::Number,
        [](AlarmSettings &settings, const QVariant &seconds) {
            settings.setRepeatSeconds(seconds.toInt());
        },
        0, AlarmSettings::longestRepeat},
    Choice{"notifications"_L1, Kind::Switch,
        [](AlarmSettings &settings, const QVariant &on) {
            settings.setNotificationsOn(on.toBool());
        }},
    Choice{"notificationSeverities"_L1, Kind::Severities,
        [](AlarmSettings &settings, const QVariant &bits) {
            settings.setNotificationBits(bits.toInt());
        }},
    Choice{"lossSeconds"_L1, Kind::Number,
        [](AlarmSettings &settings, const QVariant &seconds) {
            settings.setLossSeconds(seconds.toInt());
        },
        AlarmSettings::shortestLoss, AlarmSettings::longestLoss},
    Choice{"lossHeard"_L1, Kind::Switch,
        [](AlarmSettings &settings, const QVariant &heard) {
            settings.setLossHeard(heard.toBool());
        }},
    Choice{"tray"_L1, Kind::Switch,
        [](AlarmSettings &settings, const QVariant &on) { settings.setTrayOn(on.toBool()); }},
    Choice{"filter"_L1, Kind::Filter,
        [](AlarmSettings &settings, const QVariant &text) { settings.setFilter(text.toString()); }},
};

/// In the order of the enumerators, which is that of the bits.
QStringList severityWords()
{
    QStringList words;
    for (const auto &[severity, word] : EnumNames<Severity>::entries)
        words.append(QString::fromLatin1(word.data(), qsizetype(word.size())));
    return words;
}

QJsonArray wordsOf(int bits)
{
    QJsonArray words;
    const QStringList all = severityWords();
    for (qsizetype i = 0; i < all.size(); ++i) {
        if ((bits & 1 << i) != 0)
            words.append(all[i]);
    }
    return words;
}

std::optional<int> bitsOf(const QJsonValue &value)
{
    if (!value.isArray())
        return std::nullopt;
    int bits = 0;
    const QJsonArray words = value.toArray();
    for (const auto &word : words) {
        const qsizetype place = severityWords().indexOf(word.toString());
        if (place < 0)
            return std::nullopt;
        bits |= 1 << place;
    }
    return bits;
}

Expected<QVariant> valueOf(const Choice &choice, const QJsonValue &value, const QString &where)
{
    switch (choice.kind) {
    case Kind::Switch:
        if (value.isBool())
            return QVariant(value.toBool());
        return unexpectedValue(where, u"true, false"_s);
    case Kind::Number: {
        const double number = value.toDouble(choice.minimum - 1);
        if (number >= choice.minimum && number <= choice.maximum && number == int(number))
            return QVariant(int(number));
        return unexpectedValue(where, wholeNumber(choice.minimum, choice.maximum));
    }
    case Kind::Severities:
        if (const auto bits = bitsOf(value))
            return QVariant(*bits);
        return unexpectedValue(where, severityWords().join(u", "));
    case Kind::Filter: {
        if (!value.isString())
            return unexpectedValue(where, u"\"…\""_s);
        if (const auto filter = filterAt(where, value.toString()); !filter)
            return tl::unexpected<Error>(filter.error());
        return QVariant(value.toString());
    }
    }
    Q_UNREACHABLE();
}

} // namespace

QJsonObject AlarmSettings::toJson() const
{
    QJsonObject object{{u"sound"_s, m_soundOn}, {u"soundSeverities"_s, wordsOf(m_soundBits)},
        {u"volume"_s, m_volume}, {u"repeatSeconds"_s, m_repeatSeconds},
        {u"notificationSeverities"_s, wordsOf(m_notificationBits)},
        {u"lossSeconds"_s, m_lossSeconds}, {u"lossHeard"_s, m_lossHeard}};
    // Where nobody chose, it goes on being as a desktop or a wall has it.
    if (m_notificationsOn)
        object.insert(u"notifications"_s, *m_notificationsOn);
    if (m_trayOn)
        object.insert(u"tray"_s, *m_trayOn);
    // A wrong one lets all call, and would be refused.
    if (errorOf(m_filter).isEmpty())
        object.insert(u"filter"_s, m_filter);
    return object;
}

Expected<QVariantMap> AlarmSettings::choicesIn(const QJsonObject &object)
{
    QVariantMap read;
    for (auto it = object.constBegin(); it != object.constEnd(); ++it) {
        const QString where = u"alarm."_s + it.key();
        const auto choice = std::ranges::find_if(
            choices, [&](const Choice &candidate) { return candidate.key == it.key(); });
        if (choice == choices.end())
            return noSuchSetting(where);
        const auto value = valueOf(*choice, it.value(), where);
        if (!value)
            return tl::unexpected<Error>(value.error());
        read.insert(it.key(), *value);
    }
    return read;
}

void AlarmSettings::take(const QVariantMap &read)
{
    for (const Choice &choice : choices) {
        if (const auto value = read.constFind(choice.key); value != read.constEnd())
            choice.take(*this, *value);
    }
}

} // namespace tocsin
