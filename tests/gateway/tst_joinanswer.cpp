// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/joinanswer_p.h"

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

/// One room, of which others delete between two calls.
class ShrinkingLog final : public IncidentLog
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

    Expected<std::optional<StoredIncident>> latest(const QString &, const QString &) override
    {
        return notAsked();
    }
    Expected<std::optional<StoredIncident>> find(const QString &) override { return notAsked(); }
    Expected<StoredTimeline> timeline(const QString &) override { return notAsked(); }
    Expected<QList<OpenIncident>> openIncidents(const QString &) override { return notAsked(); }
    Expected<std::optional<Timestamp>> lastHeard(const QString &) override { return notAsked(); }
    Expected<QList<LogEvent>> append(const LogBatch &) override { return notAsked(); }
    Expected<QList<ActivityQuarter>> activity(const QStringList &, Timestamp) override
    {
        return notAsked();
    }
    Expected<Removal> removeSource(const QString &, Timestamp) override { return notAsked(); }
    Expected<void> probe() override { return notAsked(); }
    Expected<bool> prune(const PruneLimits &) override { return notAsked(); }

    qint64 oldest = 1;
    qint64 head = 5;
    qint64 oldestMeanwhile = 1;

private:
    static tl::unexpected<Error> notAsked()
    {
        return makeError(ErrorCode::StorageFailed, u"not asked"_s);
    }
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
