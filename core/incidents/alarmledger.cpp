// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/alarmledger.h"

#include <algorithm>

namespace tocsin {

namespace {

constexpr std::array severities{
    Severity::Critical, Severity::Warning, Severity::Unknown, Severity::Info};

/// The order of the enumerators: the most urgent comes first.
bool isWorse(Severity one, Severity other)
{
    return one < other;
}

template <typename Counts, typename IsThere>
std::optional<Severity> worstOf(const Counts &counts, IsThere isThere)
{
    for (const Severity severity : severities) {
        if (isThere(counts[std::size_t(severity)]))
            return severity;
    }
    return {};
}

void keepEarlier(std::optional<MonotonicTime> &earliest, std::optional<MonotonicTime> other)
{
    if (other && (!earliest || *other < *earliest))
        earliest = other;
}

} // namespace

bool AlarmLedger::wants(const AlarmSubject &subject) const
{
    return subject.care == AlarmSubject::Care::None
        && subject.concern == AlarmSubject::Concern::Wanted && m_rules.of(subject.severity);
}

void AlarmLedger::restart(MonotonicTime now)
{
    for (Entry &entry : m_entries) {
        hear(entry, {});
        release(entry);
    }
    m_entries.clear();
    m_feed = Feed::None;
    for (QSet<QString> &waiting : m_waiting)
        waiting.clear();
    m_occasion = AlarmCall::Occasion::New;
    m_first = true;
    m_gatherUntil.reset();
    endLoss();
    m_lostSince = now;
}

void AlarmLedger::setFeed(Feed feed, MonotonicTime now)
{
    if (std::exchange(m_feed, feed) == feed)
        return;
    endLoss();
    m_lostSince = now;
    if (feed == Feed::Live)
        endGathering();
    settle(now);
}

void AlarmLedger::setSnooze(Snooze snooze, MonotonicTime now)
{
    if (std::exchange(m_snooze, snooze) == snooze)
        return;
    if (snooze == Snooze::On) {
        m_outcome.silence = m_outcome.silence || worstHeard();
        if (worstWaiting())
            m_occasion = AlarmCall::Occasion::Snoozed;
    }
    settle(now);
}

void AlarmLedger::setRules(
    const AlarmRules &rules, const std::vector<AlarmSubject> &subjects, MonotonicTime now)
{
    m_rules = rules;
    for (const AlarmSubject &subject : subjects) {
        Entry &entry = m_entries[subject.uuid];
        entry.subject = subject;
        if (!entry.waited && wants(subject)
            && (!entry.told || isWorse(subject.severity, *entry.told))) {
            entry.told = subject.severity;
            entry.called = false;
        }
        review(entry, now);
    }
    settle(now);
}

void AlarmLedger::changed(const AlarmSubject &subject, MonotonicTime now)
{
    changed(std::vector{subject}, now);
}

void AlarmLedger::changed(const std::vector<AlarmSubject> &subjects, MonotonicTime now)
{
    for (const AlarmSubject &subject : subjects) {
        Entry &entry = m_entries[subject.uuid];
        entry.gone = false;
        // Of a million changes a second, hardly one is about this.
        if (entry.subject == subject)
            continue;
        entry.subject = subject;
        review(entry, now);
    }
    settle(now);
}

void AlarmLedger::removed(const QString &uuid, MonotonicTime now)
{
    const auto entry = m_entries.find(uuid);
    if (entry == m_entries.end())
        return;
    if (m_feed == Feed::Live) {
        forget(uuid);
    } else {
        entry->gone = true;
        if (!m_gatherUntil)
            m_gatherUntil = now + gathering;
    }
    settle(now);
}

void AlarmLedger::tick(MonotonicTime now)
{
    if (m_gatherUntil && now >= *m_gatherUntil)
        endGathering();
    settle(now);
}

void AlarmLedger::review(Entry &entry, MonotonicTime now)
{
    stopWaiting(entry.subject.uuid);
    const Severity severity = entry.subject.severity;
    if (!wants(entry.subject)) {
        hear(entry, {});
        release(entry);
        return;
    }
    if (!entry.told || isWorse(severity, *entry.told)) {
        wait(entry, now);
        return;
    }
    // Taken, and given back: it has called, and goes on with its repetition only.
    const bool heard = entry.called && m_rules.of(severity).testFlag(AlarmMeans::Sound);
    if (heard && !worstHeard())
        m_lastSound = now;
    hear(entry, heard ? std::optional(severity) : std::nullopt);
}

void AlarmLedger::wait(Entry &entry, MonotonicTime now)
{
    using Occasion = AlarmCall::Occasion;
    if (!worstWaiting())
        m_occasion = Occasion::New;
    if (m_feed != Feed::Live && !m_gatherUntil)
        m_gatherUntil = now + gathering;
    const Occasion occasion = m_snooze == Snooze::On ? Occasion::Snoozed
        : m_feed == Feed::Live                       ? Occasion::New
        : m_first                                    ? Occasion::Start
                                                     : Occasion::Meanwhile;
    m_occasion = std::max(m_occasion, occasion);
    m_waiting[std::size_t(entry.subject.severity)].insert(entry.subject.uuid);
    entry.waited = true;
}

void AlarmLedger::stopWaiting(const QString &uuid)
{
    for (QSet<QString> &waiting : m_waiting)
        waiting.remove(uuid);
}

void AlarmLedger::hear(Entry &entry, std::optional<Severity> severity)
{
    if (entry.heard == severity)
        return;
    if (entry.heard)
        --m_heard[std::size_t(*entry.heard)];
    if (severity)
        ++m_heard[std::size_t(*severity)];
    const bool wasHeard = entry.heard.has_value();
    entry.heard = severity;
    m_outcome.silence = m_outcome.silence || (wasHeard && !worstHeard());
}

void AlarmLedger::release(Entry &entry)
{
    const AlarmCall::Id id = std::exchange(entry.call, 0);
    const auto open = m_open.find(id);
    if (open == m_open.end() || --*open > 0)
        return;
    m_open.erase(open);
    m_outcome.withdrawn.push_back(id);
}

void AlarmLedger::forget(const QString &uuid)
{
    const auto entry = m_entries.find(uuid);
    stopWaiting(uuid);
    hear(*entry, {});
    release(*entry);
    m_entries.erase(entry);
}

/// The list is whole, or has been waited for long enough.
void AlarmLedger::endGathering()
{
    m_gatherUntil.reset();
    QStringList gone;
    for (auto entry = m_entries.cbegin(); entry != m_entries.cend(); ++entry) {
        if (entry->gone)
            gone.append(entry.key());
    }
    for (const QString &uuid : std::as_const(gone))
        forget(uuid);

    if (!std::exchange(m_first, false))
        return;
    // What is open when the dashboard starts is seen by who starts it; only the worst calls.
    for (Entry &entry : m_entries)
        entry.waited = entry.waited && entry.subject.severity == Severity::Critical;
    for (const Severity severity : severities) {
        if (severity == Severity::Critical)
            continue;
        for (const QString &uuid : std::as_const(m_waiting[std::size_t(severity)]))
            m_entries[uuid].told = severity;
        m_waiting[std::size_t(severity)].clear();
    }
}

void AlarmLedger::settle(MonotonicTime now)
{
    while (!m_recent.empty() && m_recent.front().at + window <= now)
        m_recent.pop_front();
    if (const auto at = callableAt(); at && *at <= now)
        call(now);
    if (const auto at = repeatAt(); at && *at <= now) {
        m_lastSound = now;
        const Severity worst = *worstHeard();
        m_outcome.calls.push_back({.occasion = AlarmCall::Occasion::Repeat,
            .worst = worst,
            .means = AlarmMeans::Sound,
            .sound = worst});
    }
    if (const auto at = lossAt(); at && *at <= now) {
        m_lossCall = ++m_lastId;
        const bool heard = m_rules.lossMeans.testFlag(AlarmMeans::Sound);
        m_outcome.calls.push_back({.id = m_lossCall,
            .occasion = AlarmCall::Occasion::Loss,
            .means = m_rules.lossMeans,
            .sound = heard ? std::optional(Severity::Critical) : std::nullopt});
    }
}

void AlarmLedger::call(MonotonicTime now)
{
    AlarmCall call{.id = ++m_lastId, .occasion = m_occasion, .worst = *worstWaiting()};
    for (const Severity severity : severities) {
        const AlarmMeansSet means = m_rules.of(severity);
        const bool heard = means.testFlag(AlarmMeans::Sound);
        const QSet<QString> waiting = std::exchange(m_waiting[std::size_t(severity)], {});
        for (const QString &uuid : waiting) {
            Entry &entry = m_entries[uuid];
            entry.told = severity;
            entry.called = true;
            entry.waited = false;
            release(entry);
            entry.call = call.id;
            hear(entry, heard ? std::optional(severity) : std::nullopt);
            call.uuids.append(uuid);
            call.means |= means;
        }
        if (heard && !waiting.isEmpty() && !call.sound)
            call.sound = severity;
    }
    if (call.sound)
        m_lastSound = now;
    m_open.insert(call.id, call.uuids.size());
    m_recent.push_back({now, call.worst});
    m_outcome.calls.push_back(std::move(call));
}

void AlarmLedger::endLoss()
{
    if (m_lossCall != 0)
        m_outcome.withdrawn.push_back(std::exchange(m_lossCall, 0));
}

std::optional<Severity> AlarmLedger::worstWaiting() const
{
    return worstOf(m_waiting, [](const QSet<QString> &waiting) { return !waiting.isEmpty(); });
}

std::optional<Severity> AlarmLedger::worstHeard() const
{
    return worstOf(m_heard, [](qsizetype count) { return count > 0; });
}

std::optional<MonotonicTime> AlarmLedger::callableAt() const
{
    const auto worst = worstWaiting();
    if (!worst || m_snooze == Snooze::On)
        return {};
    const MonotonicTime gathered = m_gatherUntil.value_or(MonotonicTime::min());
    // What is worse than all that was told of late does not wait for its turn.
    const bool worseThanAll = std::ranges::all_of(
        m_recent, [&](const Told &told) { return isWorse(*worst, told.worst); });
    if (m_recent.size() < mostCalls || worseThanAll)
        return gathered;
    return std::max(gathered, m_recent[m_recent.size() - mostCalls].at + window);
}

std::optional<MonotonicTime> AlarmLedger::repeatAt() const
{
    if (m_rules.repeatEvery <= std::chrono::seconds::zero() || m_snooze == Snooze::On
        || !worstHeard()) {
        return {};
    }
    return m_lastSound + m_rules.repeatEvery;
}

std::optional<MonotonicTime> AlarmLedger::lossAt() const
{
    if (m_feed != Feed::NotLive || m_lossCall != 0 || m_snooze == Snooze::On || !m_rules.lossMeans)
        return {};
    return m_lostSince + m_rules.lossPatience;
}

std::optional<MonotonicTime> AlarmLedger::deadline() const
{
    std::optional<MonotonicTime> earliest = m_gatherUntil;
    keepEarlier(earliest, callableAt());
    keepEarlier(earliest, repeatAt());
    keepEarlier(earliest, lossAt());
    return earliest;
}

AlarmLedger::Outcome AlarmLedger::take()
{
    return std::exchange(m_outcome, {});
}

} // namespace tocsin
