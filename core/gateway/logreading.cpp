// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// What LogWriter reads, and hands out of what others write.
#include "gateway/logwriter_p.h"

#include "gateway/batchbuilder_p.h"

namespace tocsin {

namespace {

// A day, and the quarter that is cut off at its beginning.
constexpr auto activityTold = std::chrono::hours(24) + activityQuarter;
// What was written so long ago proves that more can be written.
constexpr std::chrono::seconds provenFor{3};
// Whoever is told of nothing new by a shared log for so long has lost it.
constexpr std::chrono::seconds currentFor{5};

} // namespace

template <typename T>
void LogWriter::enqueueRead(std::function<Expected<T>(IncidentLog &)> read, Done<T> done)
{
    enqueue(Read{[this, read = std::move(read), done = std::move(done)](IncidentLog *log) {
        auto result = log ? read(*log) : Expected<T>(tl::unexpected<Error>(ended()));
        if (log)
            settleEpoch();
        if (!result && result.error().code == ErrorCode::StorageFailed)
            noteFailure(result.error());
        done(std::move(result));
    }});
}

void LogWriter::readOpen(const QString &source, Done<QStringList> done)
{
    enqueueRead<QStringList>(
        [source](IncidentLog &log) {
            return log.openIncidents(source).map([](const QList<OpenIncident> &incidents) {
                QStringList fingerprints;
                for (const OpenIncident &incident : incidents)
                    fingerprints.append(incident.fingerprint);
                return fingerprints;
            });
        },
        std::move(done));
}

void LogWriter::readLastHeard(const QStringList &sources, Done<QHash<QString, Timestamp>> done)
{
    enqueueRead<QHash<QString, Timestamp>>(
        [sources](IncidentLog &log) -> Expected<QHash<QString, Timestamp>> {
            QHash<QString, Timestamp> heard;
            for (const QString &source : sources) {
                const auto at = log.lastHeard(source);
                if (!at)
                    return tl::unexpected<Error>(at.error());
                if (*at)
                    heard.insert(source, **at);
            }
            return heard;
        },
        std::move(done));
}

void LogWriter::readTimeline(const QString &uuid, const QStringList &rooms, Done<QByteArray> done)
{
    enqueueRead<QByteArray>(
        [uuid, rooms](IncidentLog &log) -> Expected<QByteArray> {
            const auto stored = BatchBuilder(log).find(uuid, rooms);
            if (!stored)
                return tl::unexpected<Error>(stored.error());
            auto written = log.timeline(uuid);
            if (!written)
                return tl::unexpected<Error>(written.error());
            return encode(wholeTimeline(stored->incident, *std::move(written)));
        },
        std::move(done));
}

void LogWriter::readRoom(const QString &room, Done<QByteArray> done)
{
    enqueueRead<QByteArray>(
        [this, room](IncidentLog &log) {
            // It may work again: nobody waits for the next look.
            const bool isIncomplete = m_isFailing && !writeProbe();
            return describeRoom(
                log, room, isIncomplete ? std::optional(m_failingSince) : std::nullopt);
        },
        std::move(done));
}

void LogWriter::readActivity(const QStringList &rooms, Done<QByteArray> done)
{
    enqueueRead<QByteArray>(
        [this, rooms](IncidentLog &log) -> Expected<QByteArray> {
            const Timestamp from = timestampNow() - activityTold;
            auto counts = log.activity(rooms, from);
            if (!counts)
                return tl::unexpected<Error>(counts.error());
            settleEpoch();
            // What is counted in it and handed out later, its reader would count again.
            for (auto it = counts->heads.cbegin(); it != counts->heads.cend(); ++it) {
                const auto told
                    = handOut(m_follower.handOutUpTo(*log.shared(), it.key(), it.value()));
                if (!told)
                    return tl::unexpected<Error>(told.error());
            }
            return encode(ActivityReport{from, std::move(counts->quarters)});
        },
        std::move(done));
}

void LogWriter::removeSource(const QString &source, Done<int> done)
{
    enqueueRead<int>(
        [this, source](IncidentLog &log) -> Expected<int> {
            auto removal = log.removeSource(source, timestampNow());
            if (!removal)
                return tl::unexpected<Error>(removal.error());
            settleEpoch();
            publish(std::move(removal->events));
            return removal->incidents;
        },
        std::move(done));
}

void LogWriter::probe(Done<bool> done)
{
    enqueueRead<bool>(
        [this](IncidentLog &) -> Expected<bool> {
            if (m_lastWritten != decltype(m_lastWritten)()
                && std::chrono::steady_clock::now() - m_lastWritten < provenFor)
                return true;
            return writeProbe().map([] { return true; });
        },
        std::move(done));
}

void LogWriter::follow()
{
    if (m_isFollowDue.exchange(true))
        return;
    enqueue(Read{[this](IncidentLog *log) {
        m_isFollowDue = false;
        if (!log || !log->shared())
            return;
        auto news = m_follower.catchUp(*log->shared());
        const bool isAll = news && !news->isMore;
        if (const auto told = handOut(std::move(news)); !told)
            noteFailure(told.error());
        else if (isAll)
            noteCurrent();
    }});
}

void LogWriter::connectAnew()
{
    enqueue(Read{[](IncidentLog *log) {
        if (log && log->shared())
            log->shared()->connectAnew();
    }});
}

Expected<void> LogWriter::handOut(Expected<RoomNews> news)
{
    settleEpoch();
    if (!news)
        return tl::unexpected<Error>(news.error());
    if (!news->events.isEmpty())
        m_publish(std::move(news->events));
    if (news->isMore)
        follow();
    return {};
}

void LogWriter::publish(QList<LogEvent> events)
{
    if (events.isEmpty())
        return;
    if (!m_log->shared())
        return m_publish(std::move(events));
    // What cannot be read now is handed out when it can.
    if (const auto told = handOut(m_follower.arrange(*m_log->shared(), std::move(events))); !told)
        noteFailure(told.error());
}

void LogWriter::settleEpoch()
{
    QString epoch = m_log->epoch();
    if (epoch == m_epoch)
        return;
    const bool isAnother = !m_epoch.isEmpty();
    m_epoch = std::move(epoch);
    if (!isAnother)
        return;
    m_follower.clear();
    m_renewed();
}

void LogWriter::noteCurrent()
{
    m_current = std::chrono::steady_clock::now().time_since_epoch().count();
}

bool LogWriter::isCurrent() const
{
    if (m_isFailing)
        return false;
    if (!m_isShared)
        return true;
    using Clock = std::chrono::steady_clock;
    const Clock::time_point current{Clock::duration(m_current)};
    return Clock::now() - current < currentFor;
}

void LogWriter::exchangePresence(
    const std::optional<QList<PresenceData>> &here, Done<QList<PresenceData>> done)
{
    enqueueRead<QList<PresenceData>>(
        [here](IncidentLog &log) -> Expected<QList<PresenceData>> {
            if (!log.shared())
                return QList<PresenceData>();
            return log.shared()->exchangePresence(here);
        },
        std::move(done));
}

void LogWriter::readFollowed(Done<QHash<QString, qint64>> done)
{
    enqueueRead<QHash<QString, qint64>>(
        [this](IncidentLog &) -> Expected<QHash<QString, qint64>> { return m_follower.rooms(); },
        std::move(done));
}

void LogWriter::leave(const QHash<QString, qint64> &rooms)
{
    enqueue(Read{[this, rooms](IncidentLog *) { m_follower.leave(rooms); }});
}

} // namespace tocsin
