// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "logwriterfixture.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <mutex>
#include <semaphore>

using namespace tocsin;
using namespace tocsin::test;

namespace {

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

} // namespace

/// How a LogWriter answers those who join.
class LogJoinsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void letsNoPostWaitForThoseWhoJoin();
    void readsOneSnapshotForAllWhoWait();
    void leavesNothingOutForWhoComesByAnOlderSnapshot();
    void answersAllWhoJoinBeforeItEnds();
    void handsOutWhatItHasCounted();
};

void LogJoinsTest::letsNoPostWaitForThoseWhoJoin()
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

void LogJoinsTest::readsOneSnapshotForAllWhoWait()
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

void LogJoinsTest::leavesNothingOutForWhoComesByAnOlderSnapshot()
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

void LogJoinsTest::answersAllWhoJoinBeforeItEnds()
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

void LogJoinsTest::handsOutWhatItHasCounted()
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

QTEST_GUILESS_MAIN(LogJoinsTest)
#include "tst_logjoins.moc"
