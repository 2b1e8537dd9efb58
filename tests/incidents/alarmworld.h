// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "incidents/alarmledger.h"

#include <rapidcheck.h>

#include <map>
#include <optional>
#include <set>

/// Incidents, a person's rules and a connection, driven by numbers, and next to the ledger the
/// simplest book that can be kept of what it must do: of each incident, since when it wants to call
/// and how severe it was called for.
class AlarmWorld
{
public:
    static constexpr int incidents = 6;

    AlarmWorld() { apply(false); }

    void step(int number)
    {
        const int choice = number / 16;
        switch (number % 16) {
        case 0:
        case 1:
        case 2: put(choice, {.severity = tocsin::Severity(choice / incidents % 4)}); break;
        case 3:
        case 4: care(choice, Care::Taken); break;
        case 5: care(choice, Care::None); break;
        case 6:
        case 7: remove(choice); break;
        case 8: filter(choice); break;
        case 9: m_ledger.setFeed(m_feed = Feed(choice % 3), m_now); break;
        case 10: m_ledger.setFeed(m_feed = Feed::Live, m_now); break;
        case 11: snooze(choice % 3 == 0 ? Snooze::On : Snooze::Off); break;
        case 12: changeRules(choice); break;
        default: advance(std::chrono::milliseconds(choice % 7 * 1'700)); break;
        }
        if (m_feed == Feed::Live)
            m_firstSeen = true;
        look();
    }

    /// Nothing more happens, and all that is waited for comes to its end.
    void finish()
    {
        m_ledger.setFeed(m_feed = Feed::Live, m_now);
        m_firstSeen = true;
        snooze(Snooze::Off);
        look();
        advance(tocsin::AlarmLedger::patience());
        for (const auto &[uuid, one] : m_incidents)
            RC_ASSERT(!one.owedSince);
        for (const auto &[id, uuids] : m_calls) {
            const bool calling = std::ranges::any_of(
                uuids, [&](const QString &uuid) { return callsWith(uuid, id); });
            RC_ASSERT(m_withdrawn.contains(id) == !calling);
        }
    }

    [[nodiscard]] std::size_t callCount() const { return m_calls.size(); }

private:
    using Care = tocsin::AlarmSubject::Care;
    using Concern = tocsin::AlarmSubject::Concern;
    using Feed = tocsin::AlarmLedger::Feed;
    using Snooze = tocsin::AlarmLedger::Snooze;
    using Occasion = tocsin::AlarmCall::Occasion;

    struct One {
        tocsin::AlarmSubject subject;
        /// The most severe that it was called for, or that the person knows of.
        std::optional<tocsin::Severity> told = {};
        /// Since when a call for it is due.
        std::optional<tocsin::MonotonicTime> owedSince = {};
        tocsin::AlarmCall::Id call = 0;
        tocsin::MonotonicTime changedAt = {};
        bool leaving = false;
        /// The most severe that it may be known as from the start, without a call.
        std::optional<tocsin::Severity> excused = {};
        /// Whether a call for it was due and never came; what is excused may have waited.
        enum class Waited { No, Maybe, Yes };
        Waited waited = Waited::No;

        [[nodiscard]] bool isExcused() const { return excused && subject.severity >= *excused; }
    };

    [[nodiscard]] bool wants(const One &one) const
    {
        return one.subject.care == Care::None && one.subject.concern == Concern::Wanted
            && m_rules.of(one.subject.severity);
    }
    [[nodiscard]] bool callsWith(const QString &uuid, tocsin::AlarmCall::Id id) const
    {
        const auto found = m_incidents.find(uuid);
        return found != m_incidents.end() && found->second.call == id && wants(found->second)
            && !found->second.leaving;
    }

    [[nodiscard]] bool owesCall(const One &one) const
    {
        return wants(one) && (!one.told || one.subject.severity < *one.told);
    }

    static void excuse(One &one)
    {
        one.excused = std::min(one.excused.value_or(one.subject.severity), one.subject.severity);
        one.waited = One::Waited::Maybe;
    }

    void note(One &one)
    {
        one.changedAt = m_now;
        if (!wants(one))
            one.call = 0;
        if (!m_firstSeen && one.subject.severity != tocsin::Severity::Critical)
            excuse(one);
        if (owesCall(one))
            one.waited
                = one.isExcused() ? std::max(one.waited, One::Waited::Maybe) : One::Waited::Yes;
        if (!owesCall(one) || one.isExcused())
            one.owedSince.reset();
        else if (!one.owedSince)
            one.owedSince = m_now;
    }

    void put(int choice, tocsin::AlarmSubject subject)
    {
        subject.uuid = QString::number(choice % incidents);
        One &one = m_incidents[subject.uuid];
        subject.concern = one.subject.concern;
        one.subject = subject;
        note(one);
        m_ledger.changed(one.subject, m_now);
    }
    One *find(int choice)
    {
        const auto found = m_incidents.find(QString::number(choice % incidents));
        return found == m_incidents.end() ? nullptr : &found->second;
    }
    void care(int choice, Care care)
    {
        One *const one = find(choice);
        if (!one)
            return;
        one->subject.care = care;
        note(*one);
        m_ledger.changed(one->subject, m_now);
    }
    void filter(int choice)
    {
        One *const one = find(choice);
        if (!one)
            return;
        one->subject.concern = Concern(choice / incidents % 2);
        note(*one);
        m_ledger.changed(one->subject, m_now);
    }
    void remove(int choice)
    {
        const QString uuid = QString::number(choice % incidents);
        m_ledger.removed(uuid, m_now);
        if (m_feed == Feed::Live) {
            m_incidents.erase(uuid);
        } else if (One *const one = find(choice)) {
            // It may come again in another part of the list. Here, it does not.
            look();
            one->leaving = true;
            one->owedSince.reset();
            advance(tocsin::AlarmLedger::gathering);
            m_incidents.erase(uuid);
        }
    }
    void snooze(Snooze snooze)
    {
        if (snooze == Snooze::Off && m_snooze == Snooze::On)
            m_awakeSince = m_now;
        m_ledger.setSnooze(m_snooze = snooze, m_now);
    }
    void changeRules(int choice)
    {
        using tocsin::AlarmMeans;
        constexpr std::array all{tocsin::AlarmMeansSet(), tocsin::AlarmMeansSet(AlarmMeans::Sound),
            AlarmMeans::Sound | AlarmMeans::Notification};
        m_rules.means[std::size_t(choice % 4)] = all[std::size_t(choice / 4 % 3)];
        m_rules.repeatEvery = std::chrono::seconds(choice / 12 % 3 * 20);
        apply(true);
    }
    void apply(bool changed)
    {
        std::vector<tocsin::AlarmSubject> subjects;
        for (auto &[uuid, one] : m_incidents) {
            subjects.push_back(one.subject);
            if (wants(one) && !one.isExcused() && one.waited == One::Waited::No)
                one.told = std::min(one.told.value_or(one.subject.severity), one.subject.severity);
            else if (owesCall(one) && one.waited == One::Waited::Maybe)
                excuse(one);
            note(one);
        }
        m_ledger.setRules(m_rules, subjects, m_now);
        if (changed)
            m_rulesChanged = m_now;
    }

    void advance(std::chrono::milliseconds duration)
    {
        const tocsin::MonotonicTime end = m_now + duration;
        for (int wakes = 0;; ++wakes) {
            RC_ASSERT(wakes < 100);
            const auto deadline = m_ledger.deadline();
            if (!deadline || *deadline > end)
                break;
            // A deadline that stays in the past would be a program that never sleeps.
            RC_ASSERT(*deadline > m_now);
            m_now = *deadline;
            m_ledger.tick(m_now);
            look();
        }
        m_now = end;
        m_ledger.tick(m_now);
        look();
    }

    void look()
    {
        const auto outcome = m_ledger.take();
        for (const auto &call : outcome.calls) {
            RC_ASSERT(m_snooze == Snooze::Off);
            RC_ASSERT(call.sound.has_value() == call.means.testFlag(tocsin::AlarmMeans::Sound));
            switch (call.occasion) {
            case Occasion::Repeat: checkRepeat(call); break;
            case Occasion::Loss:
                RC_ASSERT(m_feed == Feed::NotLive);
                RC_ASSERT(call.uuids.isEmpty());
                m_losses.insert(call.id);
                break;
            default: take(call); break;
            }
            if (call.sound)
                m_lastSound = m_now;
        }
        for (const auto id : outcome.withdrawn) {
            RC_ASSERT(m_calls.contains(id) || m_losses.contains(id));
            RC_ASSERT(m_withdrawn.insert(id).second);
            if (const auto uuids = m_calls.find(id); uuids != m_calls.end()) {
                for (const QString &uuid : uuids->second)
                    RC_ASSERT(!callsWith(uuid, id));
            }
        }
        checkPatience();
        if (const auto deadline = m_ledger.deadline())
            RC_ASSERT(*deadline > m_now);
    }

    void take(const tocsin::AlarmCall &call)
    {
        RC_ASSERT(!call.uuids.isEmpty());
        auto before = tocsin::Severity::Critical;
        for (const QString &uuid : call.uuids) {
            const auto found = m_incidents.find(uuid);
            RC_ASSERT(found != m_incidents.end());
            One &one = found->second;
            RC_ASSERT(owesCall(one));
            RC_ASSERT(before <= one.subject.severity);
            before = one.subject.severity;
            one.told = one.subject.severity;
            one.owedSince.reset();
            one.waited = One::Waited::No;
            one.call = call.id;
            RC_ASSERT((call.means & m_rules.of(one.subject.severity))
                == m_rules.of(one.subject.severity));
        }
        RC_ASSERT(call.worst == m_incidents[call.uuids.first()].subject.severity);
        RC_ASSERT(m_calls.insert({call.id, {call.uuids.cbegin(), call.uuids.cend()}}).second);
        m_times.push_back(m_now);
        const auto recent = std::ranges::count_if(m_times, [this](tocsin::MonotonicTime time) {
            return time > m_now - tocsin::AlarmLedger::window;
        });
        RC_ASSERT(std::size_t(recent) <= tocsin::AlarmLedger::mostCalls + 3);
    }

    void checkRepeat(const tocsin::AlarmCall &call)
    {
        RC_ASSERT(m_rules.repeatEvery > std::chrono::seconds::zero());
        RC_ASSERT(m_now - m_lastSound >= m_rules.repeatEvery);
        RC_ASSERT(std::ranges::any_of(m_incidents, [&](const auto &entry) {
            const One &one = entry.second;
            // A change that has not been called for yet sounds as it did before.
            return one.subject.care == Care::None
                && (one.excused || (one.told && *one.told <= call.worst));
        }));
    }

    void checkPatience()
    {
        if (m_snooze == Snooze::On)
            return;
        for (const auto &[uuid, one] : m_incidents) {
            if (one.owedSince)
                RC_ASSERT(m_now - std::max(*one.owedSince, m_awakeSince)
                    <= tocsin::AlarmLedger::patience());
        }
        // What was called for with a sound, and still calls, is heard again and again.
        if (m_rules.repeatEvery == std::chrono::seconds::zero())
            return;
        for (const auto &[uuid, one] : m_incidents) {
            if (one.call != 0 && callsWith(uuid, one.call) && one.told == one.subject.severity
                && m_rules.of(one.subject.severity).testFlag(tocsin::AlarmMeans::Sound)) {
                RC_ASSERT(
                    m_now - std::max({m_lastSound, m_rulesChanged, m_awakeSince, one.changedAt})
                    <= m_rules.repeatEvery);
            }
        }
    }

    tocsin::AlarmLedger m_ledger;
    tocsin::AlarmRules m_rules;
    tocsin::MonotonicTime m_now{std::chrono::hours(1)};
    Feed m_feed = Feed::None;
    Snooze m_snooze = Snooze::Off;
    bool m_firstSeen = false;
    tocsin::MonotonicTime m_awakeSince;
    tocsin::MonotonicTime m_rulesChanged;
    tocsin::MonotonicTime m_lastSound;
    std::map<QString, One> m_incidents;
    std::map<tocsin::AlarmCall::Id, std::set<QString>> m_calls;
    std::set<tocsin::AlarmCall::Id> m_losses;
    std::set<tocsin::AlarmCall::Id> m_withdrawn;
    std::vector<tocsin::MonotonicTime> m_times;
};
