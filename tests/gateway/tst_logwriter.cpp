// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "fakelog.h"
#include "gateway/logwriter_p.h"

#include <QTest>

#include <future>
#include <mutex>
#include <semaphore>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

/// Rooms that others write as well.
class OthersLog final : public FakeLog, public SharedLog
{
public:
    SharedLog *shared() override { return this; }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }

    void connectAnew() override { }
    Expected<RoomNews> readNews(const QHash<QString, qint64> &) override
    {
        RoomNews news;
        news.isMore = looks++ == 0;
        return news;
    }
    Expected<QList<PresenceData>> exchangePresence(
        const std::optional<QList<PresenceData>> &) override
    {
        return QList<PresenceData>();
    }
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }

    std::atomic<int> looks = 0;
};

/// One that has something to tell when it is pruned.
class ForgetfulLog final : public FakeLog
{
public:
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }
    Expected<Pruning> prune(const PruneLimits &limits) override
    {
        return Pruning{
            .events = {{u"r"_s, ++m_head, QByteArray::number(toMilliseconds(limits.now))}},
            .isMore = m_head < 3};
    }

private:
    qint64 m_head = 0;
};

/// One that knows nothing, and takes all that it is given.
class EmptyLog final : public FakeLog
{
public:
    Expected<std::optional<StoredIncident>> latest(const QString &, const QString &) override
    {
        return std::optional<StoredIncident>();
    }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }
    Expected<QList<LogEvent>> append(const LogBatch &) override { return QList<LogEvent>(); }
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }
};

/// One that reads a room's state when it is let.
class SlowLog final : public FakeLog
{
public:
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent{1, head}; }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override
    {
        ++states;
        begun.release();
        let.acquire();
        return RoomState{head, {"{}"}, {}};
    }
    Expected<std::optional<StoredIncident>> latest(const QString &, const QString &) override
    {
        return std::optional<StoredIncident>();
    }
    Expected<QList<LogEvent>> append(const LogBatch &) override
    {
        ++head;
        return QList<LogEvent>();
    }
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }

    std::atomic<int> states = 0;
    std::atomic<qint64> head = 0;
    std::counting_semaphore<> begun{0};
    std::counting_semaphore<> let{0};
};

/// One room, to which others write whenever it is looked at.
class BusyLog final : public FakeLog, public SharedLog
{
public:
    SharedLog *shared() override { return this; }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent{1, ++m_head}; }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override
    {
        ++states;
        return RoomState{++m_head, {"{}"}, {}};
    }
    void connectAnew() override { }
    Expected<RoomNews> readNews(const QHash<QString, qint64> &after) override
    {
        ++m_head;
        RoomNews news;
        for (auto it = after.cbegin(); it != after.cend(); ++it) {
            for (qint64 seq = *it + 1; seq <= m_head; ++seq)
                news.events.append({it.key(), seq, QByteArray::number(seq)});
        }
        return news;
    }
    Expected<QList<PresenceData>> exchangePresence(
        const std::optional<QList<PresenceData>> &) override
    {
        return QList<PresenceData>();
    }
    Expected<RoomCounts> activity(const QStringList &rooms, Timestamp) override
    {
        RoomCounts counts;
        for (const QString &room : rooms)
            counts.heads.insert(room, ++m_head);
        counts.quarters.append({.at = {}, .critical = m_head});
        return counts;
    }
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }

    std::atomic<int> states = 0;

private:
    qint64 m_head = 0;
};

/// One on a disk that is full for a while.
class FullLog final : public FakeLog
{
public:
    explicit FullLog(std::shared_ptr<std::atomic<bool>> isFull)
        : m_isFull(std::move(isFull))
    {
    }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }
    Expected<std::optional<StoredIncident>> latest(const QString &, const QString &) override
    {
        return std::optional<StoredIncident>();
    }
    Expected<QList<LogEvent>> append(const LogBatch &) override
    {
        if (*m_isFull)
            return makeError(ErrorCode::StorageFailed, u"full"_s);
        return QList<LogEvent>();
    }
    Expected<void> probe() override
    {
        if (*m_isFull)
            return makeError(ErrorCode::StorageFailed, u"full"_s);
        return {};
    }
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }

private:
    std::shared_ptr<std::atomic<bool>> m_isFull;
};

LogWriter::Post onePost()
{
    return {.reports = {{.source = u"s"_s, .fingerprint = u"f"_s, .title = u"t"_s}}};
}

} // namespace

class LogWriterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isCurrentOnceAllRoomsAreRead();
    void tellsWhatAPruningTells();
    void turnsWhileItFoldsAPostOfMany();
    void letsNoPostWaitForThoseWhoJoin();
    void readsOneSnapshotForAllWhoWait();
    void leavesNothingOutForWhoComesByAnOlderSnapshot();
    void answersAllWhoJoinBeforeItEnds();
    void handsOutWhatItHasCounted();
    void isNotCurrentWhileNothingCanBeWritten();

private:
    template <typename Log>
    static std::unique_ptr<LogWriter> startOn(
        std::unique_ptr<Log> log, LogWriter::Publish publish = [](const QList<LogEvent> &) { })
    {
        static GatewayMetrics metrics;
        static Logbook logbook;
        const auto opened = std::make_shared<std::unique_ptr<Log>>(std::move(log));
        auto writer = LogWriter::start(
            [opened]() -> Expected<std::unique_ptr<IncidentLog>> { return std::move(*opened); },
            std::move(publish), [] {}, {1h, 1h}, metrics, logbook);
        return writer ? *std::move(writer) : nullptr;
    }
};

void LogWriterTest::isCurrentOnceAllRoomsAreRead()
{
    GatewayMetrics metrics;
    Logbook logbook;
    OthersLog *log = nullptr;
    const auto writer = LogWriter::start(
        [&log]() -> Expected<std::unique_ptr<IncidentLog>> {
            auto opened = std::make_unique<OthersLog>();
            log = opened.get();
            return opened;
        },
        [](const QList<LogEvent> &) {}, [] {}, {1h, 1h}, metrics, logbook);
    QVERIFY(writer);
    const auto join = [&writer](const QString &room) {
        std::promise<bool> answered;
        (*writer)->join(room, {},
            [&answered](const Expected<JoinAnswer> &told) { answered.set_value(bool(told)); });
        return answered.get_future().get();
    };
    QVERIFY(join(u"a"_s));
    // One room says nothing of the others.
    QVERIFY(!(*writer)->isCurrent());
    (*writer)->follow();
    QTRY_VERIFY((*writer)->isCurrent());
    // The first look did not see all.
    QVERIFY(log->looks >= 2);
}

void LogWriterTest::tellsWhatAPruningTells()
{
    GatewayMetrics metrics;
    Logbook logbook;
    std::mutex mutex;
    QList<LogEvent> told;
    const Timestamp begin = timestampNow();
    auto writer = LogWriter::start(
        []() -> Expected<std::unique_ptr<IncidentLog>> { return std::make_unique<ForgetfulLog>(); },
        [&](const QList<LogEvent> &events) {
            const std::lock_guard lock(mutex);
            told += events;
        },
        [] {}, {1h, 1h}, metrics, logbook);
    QVERIFY(writer);
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return told.size();
    };
    QTRY_COMPARE(count(), 3);
    writer->reset();
    for (qsizetype i = 0; i < told.size(); ++i) {
        QCOMPARE(told[i].sequence, i + 1);
        const Timestamp at = timestampFromMilliseconds(told[i].frame.toLongLong());
        QVERIFY(at >= begin && at <= timestampNow());
    }
}

void LogWriterTest::turnsWhileItFoldsAPostOfMany()
{
    GatewayMetrics metrics;
    Logbook logbook;
    auto writer = LogWriter::start(
        []() -> Expected<std::unique_ptr<IncidentLog>> { return std::make_unique<EmptyLog>(); },
        [](const QList<LogEvent> &) {}, [] {}, {1h, 1h}, metrics, logbook);
    QVERIFY(writer);
    LogWriter::Post post;
    for (int i = 0; i < 20'000; ++i) {
        post.reports.append({.source = u"s"_s, .fingerprint = QString::number(i), .title = u"t"_s});
    }
    const quint64 before = (*writer)->turns();
    std::promise<Expected<int>> answered;
    (*writer)->post([&post]() -> Expected<LogWriter::Post> { return post; },
        [&answered](const Expected<int> &accepted) { answered.set_value(accepted); });
    QCOMPARE(answered.get_future().get(), Expected<int>(20'000));
    // That of the post, those of what turns() asks, and more.
    QVERIFY((*writer)->turns() - before >= 10);
}

void LogWriterTest::letsNoPostWaitForThoseWhoJoin()
{
    auto opened = std::make_unique<SlowLog>();
    SlowLog &log = *opened;
    std::mutex mutex;
    QStringList answered;
    const auto note = [&](const QString &what) {
        const std::lock_guard lock(mutex);
        answered.append(what);
    };
    auto writer = startOn(std::move(opened));
    QVERIFY(writer);
    const auto join = [&](const QString &room) {
        writer->join(room, {}, [&note, room](const Expected<JoinAnswer> &) { note(room); });
    };
    const auto post = [&](const QString &name) {
        writer->post([]() -> Expected<LogWriter::Post> { return onePost(); },
            [&note, name](const Expected<int> &) { note(name); });
    };
    join(u"a"_s);
    log.begun.acquire();
    for (const QString &room : {u"b"_s, u"c"_s, u"d"_s})
        join(room);
    post(u"first post"_s);
    log.let.release();
    // It has taken up those who wait: one of them at most is before a post that comes now.
    log.begun.acquire();
    post(u"second post"_s);
    log.let.release();
    log.begun.acquire();
    post(u"third post"_s);
    log.let.release(2);
    writer.reset();
    QCOMPARE(answered,
        (QStringList{
            u"a"_s, u"first post"_s, u"b"_s, u"second post"_s, u"c"_s, u"third post"_s, u"d"_s}));
}

void LogWriterTest::readsOneSnapshotForAllWhoWait()
{
    auto opened = std::make_unique<SlowLog>();
    SlowLog &log = *opened;
    std::mutex mutex;
    QList<JoinAnswer> answers;
    auto writer = startOn(std::move(opened));
    QVERIFY(writer);
    const auto join = [&](const QString &room) {
        writer->join(room, {}, [&](const Expected<JoinAnswer> &answer) {
            const std::lock_guard lock(mutex);
            answers.append(answer.value_or(JoinAnswer()));
        });
    };
    join(u"a"_s);
    log.begun.acquire();
    // Between them somebody who wants something else, and a post, which makes the first snapshot
    // one of the past.
    for (int i = 0; i < 100; ++i) {
        join(u"a"_s);
        if (i == 50)
            join(u"b"_s);
    }
    writer->post(
        []() -> Expected<LogWriter::Post> { return onePost(); }, [](const Expected<int> &) {});
    log.let.release(1000);
    QTRY_VERIFY([&] {
        const std::lock_guard lock(mutex);
        return answers.size() == 102;
    }());
    QCOMPARE(log.states, 3);
    QCOMPARE(answers.constFirst().position.seq, 0);
    for (qsizetype i = 1; i < answers.size(); ++i)
        QCOMPARE(answers[i].position.seq, 1);
    // Who waits for the same is answered before who came between.
    QVERIFY(answers.constLast().joined.contains("\"b\""));
    QCOMPARE(
        answers[1].frames.constFirst().constData(), answers[100].frames.constFirst().constData());
}

void LogWriterTest::leavesNothingOutForWhoComesByAnOlderSnapshot()
{
    auto opened = std::make_unique<BusyLog>();
    BusyLog &log = *opened;
    std::mutex mutex;
    // What the sessions get to see, in order: an event's number, or the position of one who comes.
    struct Step {
        qint64 event = 0;
        std::optional<qint64> position = {};
    };
    QList<Step> steps;
    auto writer = startOn(std::move(opened), [&](const QList<LogEvent> &events) {
        const std::lock_guard lock(mutex);
        for (const LogEvent &event : events)
            steps.append(Step{.event = event.sequence});
    });
    QVERIFY(writer);
    constexpr int joins = 500;
    // One behind the other, that what others wrote is handed out between them.
    std::function<void(int)> joinAll = [&](int left) {
        if (left % 3 == 0)
            writer->follow();
        writer->join(u"r"_s, {}, [&, left](const Expected<JoinAnswer> &answer) {
            {
                const std::lock_guard lock(mutex);
                steps.append(Step{.position = answer.value_or(JoinAnswer()).position.seq});
            }
            if (left > 1)
                joinAll(left - 1);
            else
                writer->follow();
        });
    };
    joinAll(joins);
    // The last who came is told of what was there before.
    QTRY_VERIFY([&] {
        const std::lock_guard lock(mutex);
        return std::ranges::count_if(steps, [](const Step &s) { return bool(s.position); }) == joins
            && !steps.constLast().position;
    }());
    // Some were told what others were: else nothing was tried.
    QVERIFY(log.states < joins);
    writer.reset();
    for (qsizetype i = 0; i < steps.size(); ++i) {
        if (!steps[i].position)
            continue;
        qint64 next = *steps[i].position;
        QVERIFY(next > 0);
        for (qsizetype j = i + 1; j < steps.size(); ++j) {
            if (!steps[j].position)
                QCOMPARE(steps[j].event, ++next);
        }
    }
}

void LogWriterTest::answersAllWhoJoinBeforeItEnds()
{
    auto opened = std::make_unique<SlowLog>();
    SlowLog &log = *opened;
    auto writer = startOn(std::move(opened));
    QVERIFY(writer);
    int answered = 0;
    for (int i = 0; i < 10; ++i)
        writer->join(QString::number(i), {}, [&](const Expected<JoinAnswer> &answer) {
            if (answer)
                ++answered;
        });
    log.let.release(1000);
    writer->stop();
    QCOMPARE(answered, 10);
    writer->join(u"late"_s, {}, [&](const Expected<JoinAnswer> &answer) {
        if (!answer && answer.error().code == ErrorCode::Unavailable)
            ++answered;
    });
    QCOMPARE(answered, 11);
}

void LogWriterTest::handsOutWhatItHasCounted()
{
    std::mutex mutex;
    QList<qint64> handedOut;
    const auto writer = startOn(std::make_unique<BusyLog>(), [&](const QList<LogEvent> &events) {
        const std::lock_guard lock(mutex);
        for (const LogEvent &event : events)
            handedOut.append(event.sequence);
    });
    QVERIFY(writer);
    const auto ask = [&] {
        std::promise<QByteArray> answered;
        std::optional<qint64> last;
        writer->readActivity({u"r"_s}, [&](const Expected<QByteArray> &read) {
            const std::lock_guard lock(mutex);
            if (!handedOut.isEmpty())
                last = handedOut.constLast();
            answered.set_value(read.value_or(QByteArray()));
        });
        return std::pair(answered.get_future().get(), last);
    };
    // Nobody is there, who could count anything twice.
    QVERIFY(ask().first.contains("\"critical\":1"));
    QVERIFY(handedOut.isEmpty());
    std::promise<qint64> joined;
    writer->join(u"r"_s, {}, [&joined](const Expected<JoinAnswer> &answer) {
        joined.set_value(answer.value_or(JoinAnswer()).position.seq);
    });
    const qint64 position = joined.get_future().get();
    for (int i = 0; i < 3; ++i) {
        const auto [report, last] = ask();
        QVERIFY(last);
        QVERIFY2(report.contains("\"critical\":" + QByteArray::number(*last)), report);
    }
    for (qsizetype i = 0; i < handedOut.size(); ++i)
        QCOMPARE(handedOut[i], position + 1 + i);
}

// What is refused meanwhile is on no screen: none may say that it shows all.
void LogWriterTest::isNotCurrentWhileNothingCanBeWritten()
{
    const auto isFull = std::make_shared<std::atomic<bool>>(true);
    const auto writer = startOn(std::make_unique<FullLog>(isFull));
    QVERIFY(writer);
    QVERIFY(writer->isCurrent());
    const auto post = [&] {
        std::promise<bool> answered;
        writer->post([]() -> Expected<LogWriter::Post> { return onePost(); },
            [&answered](const Expected<int> &done) { answered.set_value(done.has_value()); });
        return answered.get_future().get();
    };
    const auto join = [&] {
        std::promise<std::optional<ErrorCode>> answered;
        writer->join(u"r"_s, {}, [&answered](const Expected<JoinAnswer> &answer) {
            answered.set_value(answer ? std::nullopt : std::optional(answer.error().code));
        });
        return answered.get_future().get();
    };
    QCOMPARE(join(), std::nullopt);
    QVERIFY(!post());
    QVERIFY(!writer->isCurrent());
    QCOMPARE(join(), std::optional(ErrorCode::Unavailable));
    *isFull = false;
    // Whoever asks finds that it works again.
    QCOMPARE(join(), std::nullopt);
    QVERIFY(writer->isCurrent());
    QVERIFY(post());
}

QTEST_GUILESS_MAIN(LogWriterTest)
#include "tst_logwriter.moc"
