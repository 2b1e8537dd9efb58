// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "fakelog.h"
#include "gateway/joinanswer_p.h"

#include <QTest>

using namespace tocsin;
using namespace tocsin::test;
using namespace Qt::StringLiterals;

namespace {

/// One room, which others delete from and write to between two calls.
class ChangingLog final : public FakeLog
{
public:
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent{oldest, head}; }
    Expected<QList<QByteArray>> readSince(const QString &, qint64 after) override
    {
        oldest = std::max(oldest, oldestMeanwhile);
        head = std::max(head, headMeanwhile);
        QList<QByteArray> frames;
        for (qint64 i = std::max(after + 1, oldest); i <= head; ++i)
            frames.append(QByteArray::number(i));
        return frames;
    }
    Expected<RoomState> state(const QString &) override
    {
        ++states;
        return RoomState{head, {"{}"}, {}};
    }
    QString epoch() const override { return history; }

    QString history = u"e"_s;
    int states = 0;
    qint64 oldest = 1;
    qint64 head = 5;
    qint64 oldestMeanwhile = 1;
    qint64 headMeanwhile = 5;
};

} // namespace

/// What somebody is told who joins a room.
class JoinAnswerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_snapshots = {}; }
    void isWhatWasMissed();
    void isWhatCameMeanwhileToo();
    void isASnapshotWhereSomeWasDeletedMeanwhile_data();
    void isASnapshotWhereSomeWasDeletedMeanwhile();
    void isTheSnapshotThatWasReadBefore();
    void isNoSnapshotOfThePast();
    void isASnapshotNotBehindWhatIsAskedFor();

private:
    JoinAnswer answer(ChangingLog &log)
    {
        return answer(log, {.room = u"r"_s, .since = RoomPosition{u"e"_s, 2}});
    }
    JoinAnswer answer(ChangingLog &log, const JoinQuestion &question)
    {
        return answerJoin(log, question, m_snapshots, Timestamp()).value_or(JoinAnswer());
    }

    RecentSnapshots m_snapshots;
};

void JoinAnswerTest::isWhatWasMissed()
{
    ChangingLog log;
    const JoinAnswer told = answer(log);
    QVERIFY(told.recovered);
    QCOMPARE(told.position.seq, 5);
    QCOMPARE(told.frames, (QList<QByteArray>{"3", "4", "5"}));
}

void JoinAnswerTest::isWhatCameMeanwhileToo()
{
    ChangingLog log;
    log.oldestMeanwhile = 3;
    log.headMeanwhile = 6;
    const JoinAnswer told = answer(log);
    QVERIFY(told.recovered);
    QCOMPARE(told.position.seq, 6);
    QCOMPARE(told.frames, (QList<QByteArray>{"3", "4", "5", "6"}));
}

void JoinAnswerTest::isASnapshotWhereSomeWasDeletedMeanwhile_data()
{
    QTest::addColumn<qint64>("oldest");
    QTest::addColumn<qint64>("head");
    QTest::newRow("all") << qint64(6) << qint64(5);
    // What is there follows upon what is not: it would be taken for another event than it is.
    QTest::newRow("some") << qint64(4) << qint64(5);
    QTest::newRow("as many as came") << qint64(4) << qint64(6);
}

void JoinAnswerTest::isASnapshotWhereSomeWasDeletedMeanwhile()
{
    QFETCH(qint64, oldest);
    QFETCH(qint64, head);
    ChangingLog log;
    log.oldestMeanwhile = oldest;
    log.headMeanwhile = head;
    const JoinAnswer told = answer(log);
    QVERIFY(!told.recovered);
    QCOMPARE(told.position.seq, head);
    QCOMPARE(told.frames.size(), 1);
    QVERIFY(told.frames.constFirst().contains("room.snapshot"));
}

void JoinAnswerTest::isTheSnapshotThatWasReadBefore()
{
    ChangingLog log;
    const JoinAnswer first = answer(log, {.room = u"r"_s});
    const JoinAnswer second = answer(log, {.room = u"r"_s});
    QCOMPARE(log.states, 1);
    QCOMPARE(second.position, first.position);
    QCOMPARE(second.joined, first.joined);
    QCOMPARE(second.frames, first.frames);
    // Its very bytes.
    QCOMPARE(second.frames.constFirst().constData(), first.frames.constFirst().constData());
    QVERIFY(!second.isBehind);
    static_cast<void>(answer(log, {.room = u"another"_s}));
    QCOMPARE(log.states, 2);
}

void JoinAnswerTest::isNoSnapshotOfThePast()
{
    ChangingLog log;
    static_cast<void>(answer(log, {.room = u"r"_s}));
    ++log.head;
    QCOMPARE(answer(log, {.room = u"r"_s}).position.seq, 6);
    QCOMPARE(log.states, 2);
    log.history = u"f"_s;
    QCOMPARE(answer(log, {.room = u"r"_s}).position.epoch, u"f"_s);
    QCOMPARE(log.states, 3);
}

void JoinAnswerTest::isASnapshotNotBehindWhatIsAskedFor()
{
    ChangingLog log;
    static_cast<void>(answer(log, {.room = u"r"_s}));
    log.head = 9;
    const JoinAnswer old = answer(log, {.room = u"r"_s, .from = 5});
    QCOMPARE(old.position.seq, 5);
    QVERIFY(old.isBehind);
    const JoinAnswer current = answer(log, {.room = u"r"_s, .from = 6});
    QCOMPARE(current.position.seq, 9);
    QVERIFY(!current.isBehind);
}

QTEST_GUILESS_MAIN(JoinAnswerTest)
#include "tst_joinanswer.moc"
