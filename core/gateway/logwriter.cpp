// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logwriter_p.h"

#include "gateway/batchbuilder_p.h"

#include <algorithm>
#include <future>

namespace tocsin {

namespace {

// A day, and the quarter that is cut off at its beginning.
constexpr auto activityTold = std::chrono::hours(24) + activityQuarter;
constexpr auto activityKept = std::chrono::hours(48);
// A transaction ends behind the post that passes this: the first posts of a flood are not to wait
// for its last.
constexpr qsizetype manyEvents = 5000;
// What is too old is looked for this often, and in small slices while there is more of it.
constexpr std::chrono::seconds pruningInterval{60};
// What was written so long ago proves that more can be written.
constexpr std::chrono::seconds provenFor{3};
constexpr std::chrono::milliseconds pruningPause{20};
// While nothing can be written: whether it can again.
constexpr std::chrono::seconds probeInterval{5};

Error hasEnded()
{
    return {ErrorCode::Unavailable, QStringLiteral("The gateway is shutting down."), {}};
}

LogWriter::Done<qint64> asInt(LogWriter::Done<int> done)
{
    return [done = std::move(done)](const Expected<qint64> &result) {
        done(result.map([](qint64 count) { return int(count); }));
    };
}
} // namespace

Expected<std::unique_ptr<LogWriter>> LogWriter::start(Open open, Publish publish,
    const Retention &retention, GatewayMetrics &metrics, Logbook &logbook)
{
    std::unique_ptr<LogWriter> writer(
        new LogWriter(std::move(publish), retention, metrics, logbook));
    std::promise<Expected<void>> opened;
    auto result = opened.get_future();
    writer->m_thread = std::thread([&opened, open = std::move(open), self = writer.get()] {
        auto log = open();
        if (!log) {
            opened.set_value(tl::unexpected<Error>(log.error()));
            return;
        }
        self->m_log = std::move(*log);
        opened.set_value({});
        self->run();
        self->m_log.reset();
    });
    if (const auto success = result.get(); !success)
        return tl::unexpected<Error>(success.error());
    return writer;
}

LogWriter::LogWriter(
    Publish publish, const Retention &retention, GatewayMetrics &metrics, Logbook &logbook)
    : m_publish(std::move(publish))
    , m_retention(retention)
    , m_metrics(metrics)
    , m_logbook(logbook)
    , m_nextPruning(std::chrono::steady_clock::now())
{
}

LogWriter::~LogWriter()
{
    stop();
}

void LogWriter::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_one();
    if (m_thread.joinable())
        m_thread.join();
}

void LogWriter::post(Produce produce, Done<int> done)
{
    enqueue(Change{[produce = std::move(produce)](BatchBuilder &builder) -> Expected<qint64> {
                       const auto post = produce();
                       if (!post)
                           return tl::unexpected<Error>(post.error());
                       const Timestamp now = timestampNow();
                       for (const IncidentReport &report : post->reports) {
                           if (auto folded = builder.report(report, now); !folded)
                               return tl::unexpected<Error>(folded.error());
                       }
                       for (const QString &source : post->heard)
                           builder.heard(source, now);
                       return std::ranges::count(
                           post->reports, false, &IncidentReport::isAboutSource);
                   },
        asInt(std::move(done)), true});
}

void LogWriter::postState(const QList<IncidentReport> &reports, Done<int> done)
{
    enqueue(Change{[reports](BatchBuilder &builder) -> Expected<qint64> {
                       const Timestamp now = timestampNow();
                       for (const IncidentReport &report : reports) {
                           if (auto folded = builder.reportState(report, now); !folded)
                               return tl::unexpected<Error>(folded.error());
                       }
                       return reports.size();
                   },
        asInt(std::move(done))});
}

void LogWriter::reconcile(
    std::shared_ptr<Reconciler> reconciler, SourceReading reading, Done<Reconciled> done)
{
    const auto result = std::make_shared<Reconciled>();
    enqueue(Change{[result, reconciler = std::move(reconciler), reading = std::move(reading)](
                       BatchBuilder &builder) -> Expected<qint64> {
                       const auto open = builder.openIncidents(reconciler->source());
                       if (!open)
                           return tl::unexpected<Error>(open.error());
                       const Timestamp now = timestampNow();
                       for (const IncidentReport &report : reconciler->compare(*open, reading)) {
                           const qsizetype before = builder.batch().events.size();
                           if (auto folded = builder.report(report, now); !folded)
                               return tl::unexpected<Error>(folded.error());
                           const qsizetype change = builder.batch().events.size() - before;
                           (report.status == ReportStatus::Firing ? result->opened : result->ended)
                               += change;
                       }
                       return 0;
                   },
        [result, done = std::move(done)](const Expected<qint64> &written) {
            done(written.map([&](qint64) { return *result; }));
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

void LogWriter::act(const QString &uuid, const IncidentAction &action, const QString &userName,
    const QStringList &rooms, Done<qint64> done)
{
    enqueue(
        Change{[=](BatchBuilder &builder) -> Expected<qint64> {
                   return builder.act(uuid, action, userName, rooms, timestampNow())
                       .map([](const StoredIncident &stored) { return stored.incident.version; });
               },
            std::move(done)});
}

template <typename T>
void LogWriter::enqueueRead(std::function<Expected<T>(IncidentLog &)> read, Done<T> done)
{
    enqueue(Read{[this, read = std::move(read), done = std::move(done)](IncidentLog *log) {
        auto result = log ? read(*log) : Expected<T>(tl::unexpected<Error>(hasEnded()));
        if (!result && result.error().code == ErrorCode::StorageFailed)
            noteFailure(result.error());
        done(std::move(result));
    }});
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

void LogWriter::join(
    const QString &room, const std::optional<RoomPosition> &since, Done<JoinAnswer> done)
{
    enqueueRead<JoinAnswer>(
        [room, since](IncidentLog &log) { return answerJoin(log, room, since, timestampNow()); },
        std::move(done));
}

void LogWriter::readRoom(const QString &room, Done<QByteArray> done)
{
    enqueueRead<QByteArray>(
        [room](IncidentLog &log) { return describeRoom(log, room); }, std::move(done));
}

void LogWriter::readActivity(const QStringList &rooms, Done<QByteArray> done)
{
    enqueueRead<QByteArray>(
        [rooms](IncidentLog &log) -> Expected<QByteArray> {
            const Timestamp from = timestampNow() - activityTold;
            auto quarters = log.activity(rooms, from);
            if (!quarters)
                return tl::unexpected<Error>(quarters.error());
            return encode(ActivityReport{from, *std::move(quarters)});
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
            if (!removal->events.isEmpty())
                m_publish(std::move(removal->events));
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

void LogWriter::enqueue(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_hasEnded) {
            m_queue.push_back(std::move(job));
            m_metrics.logQueue.add();
            m_wake.notify_one();
            return;
        }
    }
    if (const auto *change = std::get_if<Change>(&job))
        change->done(tl::unexpected<Error>(hasEnded()));
    else
        std::get<Read>(job).read(nullptr);
}

void LogWriter::run()
{
    for (;;) {
        std::deque<Job> jobs;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, std::min(m_nextPruning, m_nextLook),
                [this] { return m_isStopping || !m_queue.empty(); });
            if (m_queue.empty() && m_isStopping) {
                m_hasEnded = true;
                return;
            }
            jobs.swap(m_queue);
        }
        const auto count = qint64(jobs.size());
        work(std::move(jobs));
        m_metrics.logQueue.add(-count);
        if (std::chrono::steady_clock::now() >= m_nextPruning)
            prune();
        if (std::chrono::steady_clock::now() >= m_nextLook)
            look();
    }
}

void LogWriter::look()
{
    if (const auto written = writeProbe(); !written)
        noteFailure(written.error());
}

Expected<void> LogWriter::writeProbe()
{
    auto written = m_log->probe();
    if (written)
        noteWritten();
    return written;
}

void LogWriter::noteWritten()
{
    m_lastWritten = std::chrono::steady_clock::now();
    m_nextLook = decltype(m_nextLook)::max();
    if (const auto outage = m_outage.worked(m_lastWritten)) {
        m_logbook.write(LogLevel::Info, "log.works",
            {{"failures", outage->failures}, {"seconds", outage->lasted.count()}});
    }
}

void LogWriter::noteFailure(const Error &error)
{
    const auto now = std::chrono::steady_clock::now();
    m_metrics.logFailures.add();
    m_lastWritten = {};
    m_nextLook = now + probeInterval;
    if (const auto outage = m_outage.failed(now)) {
        m_logbook.write(LogLevel::Error, "log.failed",
            {{"error", error.message}, {"failures", outage->failures},
                {"seconds", outage->lasted.count()}});
    }
}

void LogWriter::prune()
{
    const Timestamp now = timestampNow();
    const auto more = m_log->prune({.eventsBefore = now - m_retention.events,
        .resolvedBefore = now - m_retention.resolved,
        .activityBefore = now - activityKept,
        .monitorsHeardBefore = now - m_retention.resolved});
    if (!more)
        noteFailure(more.error());
    const bool isBehind = more && *more;
    m_nextPruning = std::chrono::steady_clock::now()
        + (isBehind ? std::chrono::steady_clock::duration(pruningPause)
                    : std::chrono::steady_clock::duration(pruningInterval));
}

void LogWriter::work(std::deque<Job> jobs)
{
    while (!jobs.empty()) {
        BatchBuilder builder(*m_log);
        std::deque<std::pair<Change, Expected<qint64>>> answers;
        bool storageWorks = true;
        while (!jobs.empty() && storageWorks && std::holds_alternative<Change>(jobs.front())
            && builder.batch().events.size() < manyEvents) {
            Change change = std::move(std::get<Change>(jobs.front()));
            jobs.pop_front();
            auto result = change.fold(builder);
            storageWorks = result || result.error().code != ErrorCode::StorageFailed;
            answers.emplace_back(std::move(change), std::move(result));
        }
        if (storageWorks) {
            commit(builder, answers);
        } else {
            // What the others of this batch saw may rest on what could not be read.
            const Error error = answers.back().second.error();
            noteFailure(error);
            for (auto &[change, result] : answers)
                change.done(tl::unexpected<Error>(error));
        }
        while (!jobs.empty() && std::holds_alternative<Read>(jobs.front())) {
            std::get<Read>(jobs.front()).read(m_log.get());
            jobs.pop_front();
        }
    }
}

void LogWriter::commit(
    BatchBuilder &builder, std::deque<std::pair<Change, Expected<qint64>>> &answers)
{
    const LogBatch &batch = builder.batch();
    std::optional<Error> failure;
    QList<LogEvent> events;
    if (!batch.isEmpty()) {
        const auto begin = std::chrono::steady_clock::now();
        auto written = m_log->append(batch);
        if (written) {
            m_metrics.commits.add(std::chrono::steady_clock::now() - begin);
            noteWritten();
            events = *std::move(written);
        } else {
            failure = written.error();
            noteFailure(*failure);
        }
    }
    const auto answer = [&](bool posts) {
        for (auto &[change, result] : answers) {
            if (change.isPost != posts)
                continue;
            // A refused post is refused for what it says, whatever became of the others.
            if (failure && result)
                change.done(tl::unexpected<Error>(*failure));
            else
                change.done(std::move(result));
        }
    };
    answer(true);
    if (!events.isEmpty())
        m_publish(std::move(events));
    answer(false);
}

} // namespace tocsin
