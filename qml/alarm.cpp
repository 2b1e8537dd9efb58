// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/alarm.h"

#include "incidents/alarmnotice.h"
#include "incidents/searchtext.h"

#include <algorithm>

namespace tocsin {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds frame{16};
/// Sound server and desktop are asked for when somebody is called, or behind the first frames.
constexpr milliseconds outputPatience{1000};
/// A clock that is set forward ends a snooze as well; a timer alone would not see it.
constexpr milliseconds snoozeLook{30'000};

AlarmTone toneOf(const AlarmCall &call)
{
    if (call.occasion == AlarmCall::Occasion::Loss)
        return AlarmTone::Loss;
    switch (*call.sound) {
    case Severity::Critical: return AlarmTone::Critical;
    case Severity::Warning: return AlarmTone::Warning;
    case Severity::Unknown: return AlarmTone::Unknown;
    case Severity::Info: break;
    }
    return AlarmTone::Info;
}

} // namespace

Alarm::Alarm(QObject *parent)
    : QObject(parent)
{
    for (QTimer *const timer : {&m_changedTimer, &m_outputTimer, &m_deadlineTimer, &m_snoozeTimer})
        timer->setSingleShot(true);
    m_changedTimer.setInterval(frame);
    m_outputTimer.setInterval(outputPatience);
    connect(&m_outputTimer, &QTimer::timeout, this, &Alarm::makeOutputs);
    m_deadlineTimer.setTimerType(Qt::PreciseTimer);
    m_reviewTimer.setInterval(reviewInterval);
    connect(this, &Alarm::faultsChanged, this, &Alarm::stateChanged);
    connect(this, &Alarm::snoozedChanged, this, &Alarm::stateChanged);
    connect(&m_changedTimer, &QTimer::timeout, this, &Alarm::reviewChanged);
    connect(&m_deadlineTimer, &QTimer::timeout, this, [this] {
        m_ledger.tick(monotonicNow());
        carryOut();
    });
    connect(&m_reviewTimer, &QTimer::timeout, this, &Alarm::reviewAll);
    connect(&m_snoozeTimer, &QTimer::timeout, this, &Alarm::applySnooze);
}

Alarm::~Alarm()
{
    // What is shown about a program that has ended would be clicked in vain.
    for (auto shown = m_shown.cbegin(); m_notifier && shown != m_shown.cend(); ++shown)
        m_notifier->close(shown.key());
}

LiveFeed *Alarm::feed() const
{
    return m_feed;
}

void Alarm::setFeed(LiveFeed *feed)
{
    if (m_feed == feed)
        return;
    if (m_feed) {
        m_feed->setListener(this, false);
        m_feed->disconnect(this);
        m_feed->commands()->disconnect(this);
        store().disconnect(this);
    }
    m_feed = feed;
    if (feed) {
        connect(feed, &LiveFeed::liveChanged, this, &Alarm::noteLive);
        connect(feed, &LiveFeed::serverChanged, this, &Alarm::noteLive);
        connect(feed->commands(), &IncidentCommands::meChanged, this, &Alarm::reviewAll);
        connect(&store(), &IncidentStore::changed, this,
            [this](const Incident &incident) { noteIncident(incident.uuid); });
        connect(&store(), &IncidentStore::removed, this, &Alarm::noteIncident);
    }
    start();
    Q_EMIT feedChanged();
}

AlarmSettings *Alarm::settings() const
{
    return m_settings;
}

void Alarm::setSettings(AlarmSettings *settings)
{
    if (m_settings == settings)
        return;
    if (m_settings)
        m_settings->disconnect(this);
    m_settings = settings;
    if (settings) {
        for (const auto changed :
            {&AlarmSettings::soundChanged, &AlarmSettings::notificationsChanged,
                &AlarmSettings::lossChanged, &AlarmSettings::filterChanged}) {
            connect(settings, changed, this, &Alarm::applyRules);
        }
        connect(settings, &AlarmSettings::volumeChanged, this, &Alarm::faultsChanged);
        connect(settings, &AlarmSettings::snoozedUntilChanged, this, &Alarm::applySnooze);
    }
    start();
    Q_EMIT settingsChanged();
}

bool Alarm::isActive() const
{
    return m_active;
}

void Alarm::setActive(bool active)
{
    if (std::exchange(m_active, active) == active)
        return;
    start();
    Q_EMIT activeChanged();
}

void Alarm::setOutputs(std::unique_ptr<AlarmSound> sound, std::unique_ptr<AlarmNotifier> notifier)
{
    m_sound = std::move(sound);
    m_notifier = std::move(notifier);
}

bool Alarm::isReady() const
{
    return m_active && m_feed && m_settings;
}

void Alarm::start()
{
    m_ledger.restart(monotonicNow());
    applySnooze();
    // Who is called need not see the window.
    if (m_feed)
        m_feed->setListener(this, isReady());
    if (isReady()) {
        if (m_sound && m_notifier)
            makeOutputs();
        else
            m_outputTimer.start();
        applyRules();
        noteLive();
        reviewAll();
    } else {
        m_outputTimer.stop();
        silence();
        // Nobody knows any more whether what they say is so.
        carryOut();
    }
    Q_EMIT faultsChanged();
}

void Alarm::makeOutputs()
{
    m_outputTimer.stop();
    if (!m_sound)
        m_sound = makeAlarmSound();
    if (!m_notifier)
        m_notifier = makeAlarmNotifier();
    m_sound->disconnect(this);
    m_notifier->disconnect(this);
    connect(m_sound.get(), &AlarmSound::faultChanged, this, &Alarm::faultsChanged);
    connect(m_notifier.get(), &AlarmNotifier::faultChanged, this, &Alarm::faultsChanged);
    connect(m_notifier.get(), &AlarmNotifier::activated, this,
        [this](AlarmCall::Id id, const QString &token) {
            raiseWindow(token);
            Q_EMIT showRequested(incidentOf(id));
        });
    connect(m_notifier.get(), &AlarmNotifier::acknowledgeRequested, this, [this](AlarmCall::Id id) {
        // Where it cannot be done, the reason is told in the window.
        if (const QString uuid = incidentOf(id); m_feed && !uuid.isEmpty())
            m_feed->commands()->send({CommandKind::Acknowledge}, {uuid});
    });
    Q_EMIT faultsChanged();
}

const IncidentStore &Alarm::store() const
{
    return m_feed->commands()->store();
}

void Alarm::noteLive()
{
    if (!isReady())
        return;
    const MonotonicTime now = monotonicNow();
    if (!m_feed->isLive() && !m_feed->isUnconfirmed() && !m_feed->lastLive().isValid()) {
        // Another server, or the same from the beginning.
        m_changed.clear();
        m_ledger.restart(now);
    }
    // What came with the last part of a list is of that list.
    reviewChanged();
    m_ledger.setFeed(m_feed->isLive()    ? AlarmLedger::Feed::Live
            : m_feed->server().isEmpty() ? AlarmLedger::Feed::None
                                         : AlarmLedger::Feed::NotLive,
        now);
    carryOut();
}

void Alarm::noteIncident(const QString &uuid)
{
    if (!isReady())
        return;
    m_changed.insert(uuid);
    if (!m_changedTimer.isActive())
        m_changedTimer.start();
}

void Alarm::reviewAll()
{
    if (!isReady())
        return;
    store().forEach(
        [this](const Incident &incident, const QStringList &) { m_changed.insert(incident.uuid); });
    if (!m_changed.isEmpty() && !m_changedTimer.isActive())
        m_changedTimer.start();
}

void Alarm::reviewChanged()
{
    m_changedTimer.stop();
    const QSet<QString> changed = std::exchange(m_changed, {});
    if (!isReady() || changed.isEmpty())
        return;
    const MonotonicTime now = monotonicNow();
    std::vector<AlarmSubject> subjects;
    for (const QString &uuid : changed) {
        const Incident *const incident = store().find(uuid);
        if (!incident)
            m_ledger.removed(uuid, now);
        // What was so when the program ended calls nobody before it is known to be so still.
        else if (!store().isPresumed(uuid))
            subjects.push_back(subject(*incident));
    }
    m_ledger.changed(subjects, now);
    carryOut();
}

AlarmSubject Alarm::subject(const Incident &incident) const
{
    const bool taken = incident.status != IncidentStatus::Open || !incident.assignee.isEmpty();
    const IncidentFilter &filter = m_settings->parsedFilter();
    // Where the filter cannot tell, it calls: the other mistake would be a false calm.
    const bool wanted = filter.isEmpty()
        || filter.judge(
               {incident, SearchText::textOf(incident), timestampNow(), m_feed->commands()->me()})
            != FilterVerdict::No;
    return {.uuid = incident.uuid,
        .severity = incident.severity,
        .care = taken ? AlarmSubject::Care::Taken : AlarmSubject::Care::None,
        .concern = wanted ? AlarmSubject::Concern::Wanted : AlarmSubject::Concern::Filtered};
}

void Alarm::applyRules()
{
    Q_EMIT faultsChanged();
    if (!isReady())
        return;
    // What was there before is judged by the rules of before.
    reviewChanged();
    std::vector<AlarmSubject> subjects;
    store().forEach([&](const Incident &incident, const QStringList &) {
        if (!store().isPresumed(incident.uuid))
            subjects.push_back(subject(incident));
    });
    m_ledger.setRules(m_settings->rules(), subjects, monotonicNow());
    m_settings->parsedFilter().dependsOnTime() ? m_reviewTimer.start() : m_reviewTimer.stop();
    carryOut();
}

void Alarm::snooze(int length)
{
    if (m_settings)
        m_settings->setSnoozedUntil(
            tocsin::snoozeEnd(SnoozeFor(length), QDateTime::currentDateTime()));
}

void Alarm::endSnooze()
{
    if (m_settings)
        m_settings->setSnoozedUntil({});
}

void Alarm::applySnooze()
{
    const QDateTime now = QDateTime::currentDateTime();
    const QDateTime until = m_settings ? m_settings->snoozedUntil() : QDateTime();
    const milliseconds left = m_runningSnooze.left(until, now, monotonicNow());
    const bool snoozed = left > milliseconds::zero();
    if (!snoozed && tocsin::isSnoozed(until, now)) {
        // The wall clock was set back. With this moment, the next start would snooze once more.
        m_settings->setSnoozedUntil({});
        return;
    }
    if (snoozed)
        m_snoozeTimer.start(std::min(left, snoozeLook));
    else
        m_snoozeTimer.stop();
    if (isReady()) {
        // What came just now came while it was still as before.
        reviewChanged();
        m_ledger.setSnooze(
            snoozed ? AlarmLedger::Snooze::On : AlarmLedger::Snooze::Off, monotonicNow());
        carryOut();
    }
    const bool turned = std::exchange(m_snoozed, snoozed) != snoozed;
    // At midnight, tomorrow is today.
    const QString end = snoozeEndText();
    if (const QString before = std::exchange(m_snoozeEnd, end); turned || before != end)
        Q_EMIT snoozedChanged();
}

void Alarm::carryOut()
{
    const AlarmLedger::Outcome outcome = m_ledger.take();
    if (outcome.silence)
        silence();
    for (const AlarmCall::Id id : outcome.withdrawn) {
        if (m_shown.remove(id) && m_notifier)
            m_notifier->close(id);
    }
    if (isReady()) {
        if (!outcome.calls.empty() && m_outputTimer.isActive())
            makeOutputs();
        for (const AlarmCall &call : outcome.calls) {
            if (!call.means.testFlag(AlarmMeans::Notification))
                continue;
            AlarmNotice notice = alarmNotice(call, store(), m_feed->trouble());
            if (!m_feed->commands()->obstacle(CommandKind::Acknowledge, call.uuids).isEmpty())
                notice.offer = AlarmNotice::Offer::None;
            m_shown.insert(call.id, call.uuids.size() == 1 ? call.uuids.first() : QString());
            m_notifier->show(call.id, notice);
        }
        playWorst(outcome.calls);
    }
    if (const auto deadline = m_ledger.deadline(); deadline && isReady()) {
        const auto wait = std::chrono::ceil<milliseconds>(*deadline - monotonicNow());
        m_deadlineTimer.start(std::max(wait, milliseconds(0)));
    } else {
        m_deadlineTimer.stop();
    }
}

void Alarm::silence()
{
    m_sounding.reset();
    if (m_sound)
        m_sound->stop();
}

/// Two sounds at once would be neither. An incident is heard rather than a loss.
void Alarm::playWorst(const std::vector<AlarmCall> &calls)
{
    std::optional<AlarmTone> worst;
    for (const AlarmCall &call : calls) {
        if (call.sound && (!worst || toneOf(call) < *worst))
            worst = toneOf(call);
    }
    const MonotonicTime now = monotonicNow();
    // What is worse is heard to its end.
    if (!worst || (m_sounding && *m_sounding < *worst && now < m_soundingUntil))
        return;
    m_sounding = worst;
    m_soundingUntil = now + toneLength(*worst);
    m_sound->play(*worst, m_settings->volume() / 100.0);
}

void Alarm::testSound(int severity)
{
    if (!isReady())
        return;
    if (m_outputTimer.isActive())
        makeOutputs();
    const auto which = Severity(std::clamp(severity, int(Severity::Critical), int(Severity::Info)));
    // Any call counts for more.
    m_sounding.reset();
    m_sound->play(toneOf({.sound = which}), m_settings->volume() / 100.0);
}

QString Alarm::incidentOf(AlarmCall::Id id) const
{
    return m_shown.value(id);
}

void Alarm::raiseWindow(const QString &activationToken)
{
    QQuickWindow *const window = m_feed ? m_feed->window() : nullptr;
    if (!window)
        return;
    // Where Qt's Wayland plug-in looks for it (xdg-activation).
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8());
    window->setWindowStates(window->windowStates() & ~Qt::WindowMinimized);
    window->show();
    window->raise();
    window->requestActivate();
}

} // namespace tocsin
