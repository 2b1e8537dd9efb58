// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarmsettings.h"

#include "qml/settingsfile_p.h"

#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

constexpr int allSeverities = 0b1111;
constexpr int defaultVolume = 70;

int bitsOf(const AlarmRules &rules, AlarmMeans means)
{
    int bits = 0;
    for (std::size_t severity = 0; severity < rules.means.size(); ++severity) {
        if (rules.means[severity].testFlag(means))
            bits |= 1 << severity;
    }
    return bits;
}

/// The number that is kept, or `otherwise` where none is that could be meant.
int number(const QSettings &kept, const QString &key, int least, int most, int otherwise)
{
    bool isNumber = false;
    const int value = kept.value(key, otherwise).toInt(&isNumber);
    return isNumber && value >= least && value <= most ? value : otherwise;
}

std::optional<bool> choice(const QSettings &kept, const QString &key)
{
    const QVariant value = kept.value(key);
    return value.isValid() ? std::optional(value.toBool()) : std::nullopt;
}

QVariant toKept(const std::optional<bool> &value)
{
    return value ? QVariant(*value) : QVariant();
}

template <typename Value>
QVariant toKept(const Value &value)
{
    return QVariant::fromValue(value);
}

IncidentFilter filterOf(const QString &text)
{
    return IncidentFilter::parse(text).value_or(IncidentFilter());
}

} // namespace

AlarmSettings::AlarmSettings(QObject *parent)
    : QObject(parent)
{
    load();
}

AlarmSettings::~AlarmSettings() = default;

void AlarmSettings::load()
{
    const AlarmRules usual;
    const auto settings = settingsIn(m_file);
    settings->beginGroup(u"alarm"_s);
    m_soundOn = choice(*settings, u"sound"_s).value_or(true);
    m_soundBits = number(
        *settings, u"soundSeverities"_s, 0, allSeverities, bitsOf(usual, AlarmMeans::Sound));
    m_volume = number(*settings, u"volume"_s, 0, 100, defaultVolume);
    m_repeatSeconds
        = number(*settings, u"repeatSeconds"_s, 0, longestRepeat, int(usual.repeatEvery.count()));
    m_notificationsOn = choice(*settings, u"notifications"_s);
    m_notificationBits = number(*settings, u"notificationSeverities"_s, 0, allSeverities,
        bitsOf(usual, AlarmMeans::Notification));
    m_lossSeconds = number(
        *settings, u"lossSeconds"_s, shortestLoss, longestLoss, int(usual.lossPatience.count()));
    m_lossHeard
        = choice(*settings, u"lossHeard"_s).value_or(usual.lossMeans.testFlag(AlarmMeans::Sound));
    m_trayOn = choice(*settings, u"tray"_s);
    m_filter = settings->value(u"filter"_s).toString();
    m_parsedFilter = filterOf(m_filter);
    m_snoozedUntil = settings->value(u"snoozedUntil"_s).toDateTime();
}

template <typename Value>
void AlarmSettings::set(Value &member, const Value &value, const QString &key, Changed changed)
{
    if (member == value)
        return;
    member = value;
    keep(key, toKept(value));
    Q_EMIT(this->*changed)();
}

void AlarmSettings::keep(const QString &key, const QVariant &value)
{
    const auto settings = settingsIn(m_file);
    settings->beginGroup(u"alarm"_s);
    settings->setValue(key, value);
    setProblem(writeSettings(*settings));
}

QString AlarmSettings::problem() const
{
    return m_problem;
}

void AlarmSettings::setProblem(const QString &problem)
{
    if (std::exchange(m_problem, problem) != problem)
        Q_EMIT problemChanged();
}

QString AlarmSettings::file() const
{
    return m_file;
}

void AlarmSettings::setFile(const QString &file)
{
    if (std::exchange(m_file, file) == file)
        return;
    load();
    setProblem({});
    Q_EMIT fileChanged();
    Q_EMIT soundChanged();
    Q_EMIT volumeChanged();
    Q_EMIT notificationsChanged();
    Q_EMIT lossChanged();
    Q_EMIT trayChanged();
    Q_EMIT filterChanged();
    Q_EMIT snoozedUntilChanged();
}

bool AlarmSettings::isKiosk() const
{
    return m_kiosk;
}

void AlarmSettings::setKiosk(bool kiosk)
{
    if (std::exchange(m_kiosk, kiosk) == kiosk)
        return;
    Q_EMIT kioskChanged();
    if (!m_notificationsOn)
        Q_EMIT notificationsChanged();
    if (!m_trayOn)
        Q_EMIT trayChanged();
}

bool AlarmSettings::isSoundOn() const
{
    return m_soundOn;
}

void AlarmSettings::setSoundOn(bool on)
{
    set(m_soundOn, on, u"sound"_s, &AlarmSettings::soundChanged);
}

int AlarmSettings::soundBits() const
{
    return m_soundBits;
}

void AlarmSettings::setSoundBits(int bits)
{
    set(m_soundBits, bits & allSeverities, u"soundSeverities"_s, &AlarmSettings::soundChanged);
}

int AlarmSettings::volume() const
{
    return m_volume;
}

void AlarmSettings::setVolume(int percent)
{
    set(m_volume, std::clamp(percent, 0, 100), u"volume"_s, &AlarmSettings::volumeChanged);
}

int AlarmSettings::repeatSeconds() const
{
    return m_repeatSeconds;
}

void AlarmSettings::setRepeatSeconds(int seconds)
{
    set(m_repeatSeconds, std::clamp(seconds, 0, longestRepeat), u"repeatSeconds"_s,
        &AlarmSettings::soundChanged);
}

bool AlarmSettings::isNotificationsOn() const
{
    return m_notificationsOn.value_or(!m_kiosk);
}

void AlarmSettings::setNotificationsOn(bool on)
{
    set(m_notificationsOn, std::optional(on), u"notifications"_s,
        &AlarmSettings::notificationsChanged);
}

int AlarmSettings::notificationBits() const
{
    return m_notificationBits;
}

void AlarmSettings::setNotificationBits(int bits)
{
    set(m_notificationBits, bits & allSeverities, u"notificationSeverities"_s,
        &AlarmSettings::notificationsChanged);
}

int AlarmSettings::lossSeconds() const
{
    return m_lossSeconds;
}

void AlarmSettings::setLossSeconds(int seconds)
{
    set(m_lossSeconds, std::clamp(seconds, shortestLoss, longestLoss), u"lossSeconds"_s,
        &AlarmSettings::lossChanged);
}

bool AlarmSettings::isLossHeard() const
{
    return m_lossHeard;
}

void AlarmSettings::setLossHeard(bool heard)
{
    set(m_lossHeard, heard, u"lossHeard"_s, &AlarmSettings::lossChanged);
}

bool AlarmSettings::isTrayOn() const
{
    return m_trayOn.value_or(!m_kiosk);
}

void AlarmSettings::setTrayOn(bool on)
{
    set(m_trayOn, std::optional(on), u"tray"_s, &AlarmSettings::trayChanged);
}

QString AlarmSettings::filter() const
{
    return m_filter;
}

void AlarmSettings::setFilter(const QString &filter)
{
    if (m_filter == filter)
        return;
    m_parsedFilter = filterOf(filter);
    set(m_filter, filter, u"filter"_s, &AlarmSettings::filterChanged);
}

QString AlarmSettings::errorOf(const QString &filter) const
{
    const auto parsed = IncidentFilter::parse(filter);
    return parsed ? QString()
                  : tr("%1: %2 Until it is right, all incidents call.")
                        .arg(parsed.error().error.where, parsed.error().error.message);
}

const IncidentFilter &AlarmSettings::parsedFilter() const
{
    return m_parsedFilter;
}

QDateTime AlarmSettings::snoozedUntil() const
{
    return m_snoozedUntil;
}

void AlarmSettings::setSnoozedUntil(const QDateTime &until)
{
    set(m_snoozedUntil, until, u"snoozedUntil"_s, &AlarmSettings::snoozedUntilChanged);
}

AlarmRules AlarmSettings::rules() const
{
    AlarmRules rules;
    for (std::size_t severity = 0; severity < rules.means.size(); ++severity) {
        const int bit = 1 << severity;
        rules.means[severity].setFlag(AlarmMeans::Sound, m_soundOn && (m_soundBits & bit) != 0);
        rules.means[severity].setFlag(
            AlarmMeans::Notification, isNotificationsOn() && (m_notificationBits & bit) != 0);
    }
    rules.repeatEvery = std::chrono::seconds(m_repeatSeconds);
    rules.lossPatience = std::chrono::seconds(m_lossSeconds);
    rules.lossMeans.setFlag(AlarmMeans::Notification, isNotificationsOn());
    rules.lossMeans.setFlag(AlarmMeans::Sound, m_soundOn && m_lossHeard);
    return rules;
}

} // namespace tocsin
