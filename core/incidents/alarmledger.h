// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/monotonicclock.h"
#include "incidents/alarmrules.h"
#include "incidents/export.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <deque>
#include <optional>
#include <vector>

namespace tocsin {

/// An incident as far as it can call somebody.
struct AlarmSubject {
    QString uuid;
    Severity severity = Severity::Unknown;
    enum class Care {
        /// Open, and nobody has it.
        None,
        /// Acknowledged or assigned: somebody looks after it.
        Taken,
    };
    Care care = Care::None;
    enum class Concern {
        /// The person's filter lets it pass, or cannot tell.
        Wanted,
        Filtered,
    };
    Concern concern = Concern::Wanted;

    friend bool operator==(const AlarmSubject &, const AlarmSubject &) = default;
};

/// One time that a person is called.
struct AlarmCall {
    using Id = qint64;
    enum class Occasion {
        /// Incidents that came just now.
        New,
        /// Those that were there when the dashboard started.
        Start,
        /// Those that came while the list was not live.
        Meanwhile,
        /// Those that came while calls were snoozed.
        Snoozed,
        /// The sound of what was called for before, once more.
        Repeat,
        /// The list has not been live for too long.
        Loss,
    };

    Id id = 0;
    Occasion occasion = Occasion::New;
    /// Whom it is about, the most severe first; none for a repetition and a loss.
    QStringList uuids = {};
    /// The most severe of them.
    Severity worst = Severity::Critical;
    AlarmMeansSet means = {};
    /// The most severe of those that are to be heard; absent where none is.
    std::optional<Severity> sound = {};

    friend bool operator==(const AlarmCall &, const AlarmCall &) = default;
};

/// Decides who is called when: by which incidents, how, again, and no longer. Pure: no timers, no
/// clock.
///
/// An incident calls once it is open, nobody has it, the filter wants it and the rules have a means
/// for its severity; and once more where it becomes more severe. It calls no longer when one of
/// these ends. Several that come close together are one call, and so are those of a list that
/// arrives as a whole.
///
/// Invariants (tests/incidents/tst_alarmledger.cpp), whatever comes in whatever order:
///  - an incident calls at most once at the same severity or a lesser one, repeated sounds aside,
///    until it is removed;
///  - while calls are not snoozed, what wants to call has called after `patience()` at the latest;
///  - in any `window` there are at most `mostCalls` calls and one for each step up in severity;
///  - a call is withdrawn exactly once, when none of its incidents calls any more; silence comes
///    when nothing that was heard calls any more.
class TOCSIN_INCIDENTS_EXPORT AlarmLedger
{
public:
    static constexpr std::chrono::seconds window{10};
    static constexpr std::size_t mostCalls = 3;
    /// How long what comes while the list is not live waits for the rest of it. Not for ever: one
    /// room's list must not wait for another's that never comes.
    static constexpr std::chrono::seconds gathering{5};
    /// The longest that an incident waits for its call.
    static constexpr std::chrono::seconds patience() { return window + gathering; }

    enum class Feed {
        /// No server is set, and so none is missed.
        None,
        Live,
        NotLive,
    };
    enum class Snooze { Off, On };

    /// What there is to do since the last take, in that order: silence first.
    struct Outcome {
        /// What is heard ends.
        bool silence = false;
        std::vector<AlarmCall::Id> withdrawn;
        std::vector<AlarmCall> calls;
    };

    AlarmLedger() = default;

    /// Another server, or the same from the beginning: its list is the first one.
    void restart(MonotonicTime now);
    void setFeed(Feed feed, MonotonicTime now);
    void setSnooze(Snooze snooze, MonotonicTime now);
    /// `subjects`: all incidents that are known, judged by the new rules. What these newly concern
    /// does not call: whoever changes them looks. What has waited for its call in vain, such as in
    /// a snooze, waits again: nobody was told of it, and rules also change letter by letter.
    void setRules(
        const AlarmRules &rules, const std::vector<AlarmSubject> &subjects, MonotonicTime now);
    void changed(const AlarmSubject &subject, MonotonicTime now);
    /// Several at once, which are one call.
    void changed(const std::vector<AlarmSubject> &subjects, MonotonicTime now);
    /// Not active any more.
    void removed(const QString &uuid, MonotonicTime now);
    void tick(MonotonicTime now);

    [[nodiscard]] std::optional<MonotonicTime> deadline() const;
    [[nodiscard]] Outcome take();

private:
    struct Entry {
        AlarmSubject subject;
        /// The most severe that it has called at, or was known at without a call.
        std::optional<Severity> told = {};
        /// It has called, and is not only known.
        bool called = false;
        /// It has waited for a call, and there was none yet.
        bool waited = false;
        /// The call that it calls with; 0 where it does not.
        AlarmCall::Id call = 0;
        /// What its sound is repeated as; absent where it is not.
        std::optional<Severity> heard = {};
        /// Gone while the list was not live: it may be in the next part of it.
        bool gone = false;
    };
    struct Told {
        MonotonicTime at;
        Severity worst;
    };

    [[nodiscard]] bool wants(const AlarmSubject &subject) const;
    void review(Entry &entry, MonotonicTime now);
    void wait(Entry &entry, MonotonicTime now);
    void stopWaiting(const QString &uuid);
    void hear(Entry &entry, std::optional<Severity> severity);
    void release(Entry &entry);
    void forget(const QString &uuid);
    void endGathering();
    void settle(MonotonicTime now);
    void call(MonotonicTime now);
    void endLoss();

    [[nodiscard]] std::optional<Severity> worstWaiting() const;
    [[nodiscard]] std::optional<Severity> worstHeard() const;
    [[nodiscard]] std::optional<MonotonicTime> callableAt() const;
    [[nodiscard]] std::optional<MonotonicTime> repeatAt() const;
    [[nodiscard]] std::optional<MonotonicTime> lossAt() const;

    AlarmRules m_rules;
    QHash<QString, Entry> m_entries;
    // What wants to call and has not yet; by severity, because the worst of them decides.
    std::array<QSet<QString>, 4> m_waiting;
    AlarmCall::Occasion m_occasion = AlarmCall::Occasion::New;
    // How many are heard, by severity.
    std::array<qsizetype, 4> m_heard{};
    MonotonicTime m_lastSound;
    // How many incidents of a call still call.
    QHash<AlarmCall::Id, qsizetype> m_open;
    // Calls of the window, the oldest first.
    std::deque<Told> m_recent;
    AlarmCall::Id m_lastId = 0;

    Feed m_feed = Feed::None;
    MonotonicTime m_lostSince;
    AlarmCall::Id m_lossCall = 0;
    // What came is of the first list.
    bool m_first = true;
    // Until when what comes and goes while not live is gathered.
    std::optional<MonotonicTime> m_gatherUntil;
    Snooze m_snooze = Snooze::Off;
    Outcome m_outcome;
};

} // namespace tocsin
