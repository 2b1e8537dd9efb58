// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logwriter_p.h"

#include "gateway/batchbuilder_p.h"
#include "gateway/threadname_p.h"

#include <QRandomGenerator>

#include <algorithm>
#include <future>

namespace tocsin {

namespace {

constexpr auto activityKept = std::chrono::hours(48);
// A transaction ends behind the post that passes this: the first posts of a flood are not to wait
// for its last.
constexpr qsizetype manyEvents = 5000;
// So many reports of a post are a turn of the thread: it does not hang.
constexpr qint64 reportsInATurn = 2000;
// What is too old is looked for this often, and in small slices while there is more of it.
constexpr std::chrono::seconds pruningInterval{60};
constexpr std::chrono::milliseconds pruningPause{20};
// While nothing can be written: whether it can again.
constexpr std::chrono::seconds probeInterval{5};
// Of a shared log: so often a batch is folded anew, because somebody else was quicker. Who was not
// waits for a random time, twice as long at most each time.
constexpr int mostAttempts = 40;
constexpr int mostDoublings = 5;
constexpr int shortestWait = 2;

LogWriter::Done<qint64> asInt(LogWriter::Done<int> done)
{
    return [done = std::move(done)](const Expected<qint64> &result) {
        done(result.map([](qint64 count) { return int(count); }));
    };
}

} // namespace

Error LogWriter::ended()
{
    return {ErrorCode::Unavailable, QStringLiteral("The gateway is shutting down."), {}};
}

Expected<std::unique_ptr<LogWriter>> LogWriter::start(Open open, Publish publish, Renewed renewed,
    const Retention &retention, GatewayMetrics &metrics, Logbook &logbook)
{
    std::unique_ptr<LogWriter> writer(
        new LogWriter(std::move(publish), std::move(renewed), retention, metrics, logbook));
    std::promise<Expected<void>> opened;
    auto result = opened.get_future();
    writer->m_thread = std::thread([&opened, open = std::move(open), self = writer.get()] {
        nameThread("tocsin-log");
        auto log = open();
        if (!log) {
            opened.set_value(tl::unexpected<Error>(log.error()));
            return;
        }
        self->m_log = std::move(*log);
        self->m_isShared = self->m_log->shared() != nullptr;
        self->settleEpoch();
        opened.set_value({});
        self->run();
        self->m_log.reset();
    });
    if (const auto success = result.get(); !success)
        return tl::unexpected<Error>(success.error());
    return writer;
}

LogWriter::LogWriter(Publish publish, Renewed renewed, const Retention &retention,
    GatewayMetrics &metrics, Logbook &logbook)
    : m_publish(std::move(publish))
    , m_renewed(std::move(renewed))
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
    enqueue(Change{[this, produce = std::move(produce)](BatchBuilder &builder) -> Expected<qint64> {
                       const auto post = produce();
                       if (!post)
                           return tl::unexpected<Error>(post.error());
                       if (auto read = builder.prefetch(post->reports, post->patterns); !read)
                           return tl::unexpected<Error>(read.error());
                       const Timestamp now = timestampNow();
                       qint64 folds = 0;
                       for (const IncidentReport &report : post->reports) {
                           if (auto folded = builder.report(report, now, post->patterns); !folded)
                               return tl::unexpected<Error>(folded.error());
                           if (++folds % reportsInATurn == 0)
                               ++m_turns;
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
    // Folded anew, it is the same reading still, and not the next one.
    const auto untouched = std::make_shared<std::optional<Reconciler>>();
    enqueue(Change{[result, untouched, reconciler = std::move(reconciler),
                       reading = std::move(reading)](BatchBuilder &builder) -> Expected<qint64> {
                       if (*untouched)
                           *reconciler = **untouched;
                       else
                           *untouched = *reconciler;
                       *result = {};
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

quint64 LogWriter::turns()
{
    // Touches nothing: a log that cannot be had is no thread that hangs.
    enqueue(Read{[](IncidentLog *) { }});
    return m_turns;
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
        change->done(tl::unexpected<Error>(ended()));
    else if (const auto *join = std::get_if<Join>(&job))
        join->done(tl::unexpected<Error>(ended()));
    else
        std::get<Read>(job).read(nullptr);
}

void LogWriter::run()
{
    for (;;) {
        std::deque<Job> jobs;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait_until(lock, std::min({m_nextPruning, m_nextLook, m_snapshots.nextExpiry()}),
                [this] { return m_isStopping || !m_queue.empty() || !m_joins.empty(); });
            if (m_queue.empty() && m_joins.empty() && m_isStopping) {
                m_hasEnded = true;
                return;
            }
            jobs.swap(m_queue);
        }
        const auto count = qint64(jobs.size() + m_joins.size());
        work(std::move(jobs));
        answerJoins();
        m_metrics.logQueue.add(qint64(m_joins.size()) - count);
        m_snapshots.expire();
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
    m_isFailing = false;
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
    if (!m_isFailing.exchange(true))
        m_failingSince = timestampNow();
    m_current = 0;
    m_nextLook = now + probeInterval;
    if (const auto outage = m_outage.failed(now)) {
        m_logbook.write(LogLevel::Error, "log.failed",
            {{"error", error.message}, {"failures", outage->failures},
                {"seconds", outage->lasted.count()}});
    }
}

void LogWriter::prune()
{
    const auto [now, jumped] = m_pruningClock.read(timestampNow());
    if (jumped)
        m_logbook.write(LogLevel::Warning, "clock.ahead", {{"seconds", qint64(jumped->count())}});
    auto pruned = m_log->prune({.now = now,
        .eventsBefore = now - m_retention.events,
        .resolvedBefore = now - m_retention.resolved,
        .activityBefore = now - activityKept,
        .monitorsHeardBefore = now - m_retention.resolved});
    settleEpoch();
    bool isBehind = false;
    if (pruned) {
        isBehind = pruned->isMore;
        publish(std::move(pruned->events));
    } else {
        noteFailure(pruned.error());
    }
    m_nextPruning = std::chrono::steady_clock::now()
        + (isBehind ? std::chrono::steady_clock::duration(pruningPause)
                    : std::chrono::steady_clock::duration(pruningInterval));
}

void LogWriter::work(std::deque<Job> jobs)
{
    while (!jobs.empty()) {
        if (auto *join = std::get_if<Join>(&jobs.front())) {
            m_joins.push_back(std::move(*join));
            jobs.pop_front();
            continue;
        }
        BatchBuilder builder(*m_log);
        Answers answers;
        bool storageWorks = true;
        while (!jobs.empty() && storageWorks && std::holds_alternative<Change>(jobs.front())
            && builder.batch().events.size() < manyEvents) {
            Change change = std::move(std::get<Change>(jobs.front()));
            jobs.pop_front();
            auto result = change.fold(builder);
            ++m_turns;
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
            ++m_turns;
            jobs.pop_front();
        }
    }
}

Expected<QList<LogEvent>> LogWriter::append(BatchBuilder &builder, Answers &answers)
{
    for (int attempt = 1;; ++attempt) {
        auto written = m_log->append(builder.batch());
        settleEpoch();
        if (written || written.error().code != ErrorCode::Conflict || !m_isShared)
            return written;
        if (attempt == mostAttempts) {
            return makeError(ErrorCode::Unavailable,
                QStringLiteral("Others change the same incidents all the time: try again."));
        }
        const int longest = shortestWait << std::min(attempt, mostDoublings);
        std::this_thread::sleep_for(
            std::chrono::milliseconds(QRandomGenerator::global()->bounded(longest)));
        builder.clear();
        for (auto &[change, result] : answers) {
            result = change.fold(builder);
            if (!result && result.error().code == ErrorCode::StorageFailed)
                return tl::unexpected<Error>(result.error());
        }
        if (builder.batch().isEmpty())
            return QList<LogEvent>();
    }
}

void LogWriter::commit(BatchBuilder &builder, Answers &answers)
{
    std::optional<Error> failure;
    QList<LogEvent> events;
    if (!builder.batch().isEmpty()) {
        const auto begin = std::chrono::steady_clock::now();
        auto written = append(builder, answers);
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
    publish(std::move(events));
    answer(false);
}

} // namespace tocsin
