// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "fakelog.h"
#include "gateway/joinanswer_p.h"

#include <QTest>

using namespace tocsin;
using namespace tocsin::test;
using namespace Qt::StringLiterals;

namespace {

/// One room, of which others delete between two calls.
class ShrinkingLog final : public FakeLog
{
public:
    QString epoch() const override { return u"e"_s; }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent{oldest, head}; }
    Expected<QList<QByteArray>> readSince(const QString &, qint64 after) override
    {
        oldest = std::max(oldest, oldestMeanwhile);
        QList<QByteArray> frames;
        for (qint64 i = std::max(after + 1, oldest); i <= head; ++i)
            frames.append(QByteArray::number(i));
        return frames;
    }
    Expected<RoomState> state(const QString &) override { return RoomState{head, {"{}"}, {}}; }

    qint64 oldest = 1;
    qint64 head = 5;
    qint64 oldestMeanwhile = 1;
};

} // namespace

/// What somebody is told who joins a room.
class JoinAnswerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isWhatWasMissed();
    void isASnapshotWhereWhatWasMissedIsDeletedMeanwhile();
    void isASnapshotWhereSomeOfItIsDeletedMeanwhile();

private:
    static JoinAnswer answer(ShrinkingLog &log)
    {
        return answerJoin(log, u"r"_s, RoomPosition{u"e"_s, 2}, Timestamp()).value_or(JoinAnswer());
    }
};

void JoinAnswerTest::isWhatWasMissed()
{
    ShrinkingLog log;
    const JoinAnswer told = answer(log);
    QVERIFY(told.recovered);
    QCOMPARE(told.position.seq, 5);
    QCOMPARE(told.frames, (QList<QByteArray>{"3", "4", "5"}));
}

void JoinAnswerTest::isASnapshotWhereWhatWasMissedIsDeletedMeanwhile()
{
    ShrinkingLog log;
    log.oldestMeanwhile = 6;
    const JoinAnswer told = answer(log);
    QVERIFY(!told.recovered);
    QCOMPARE(told.position.seq, 5);
    QCOMPARE(told.frames.size(), 1);
    QVERIFY(told.frames.constFirst().contains("room.snapshot"));
}

// What is there follows upon what is not: it would be taken for another event than it is.
void JoinAnswerTest::isASnapshotWhereSomeOfItIsDeletedMeanwhile()
{
    ShrinkingLog log;
    log.oldestMeanwhile = 4;
    const JoinAnswer told = answer(log);
    QVERIFY(!told.recovered);
    QCOMPARE(told.position.seq, 5);
    QCOMPARE(told.frames.size(), 1);
}

QTEST_GUILESS_MAIN(JoinAnswerTest)
#include "tst_joinanswer.moc"
