// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "redislogfixture.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

// Told whenever another history is begun or found.
const QRegularExpression renewed(u"event=redis.renewed"_s);

} // namespace

/// When what Redis holds is another history than the one that was known: never unnoticed.
class RedisEpochTest : public RedisLogFixture
{
    Q_OBJECT
private Q_SLOTS:
    void beginsANewEpochWhenAllIsLost();
    void beginsANewEpochWhenTheLastWordsAreLost();
    void beginsANewEpochWhenOthersWroteOverTheLoss();
    void writesNothingIntoAHistoryThatItWasNotReadFrom();
    void beginsANewEpochWhereNobodyCanTell();
    void goesOnWhereNothingCanBeLost();
    void takesNobodysWordWhereSomethingCanBeLost_data();
    void takesNobodysWordWhereSomethingCanBeLost();
    void noticesALossThatAnotherDoesNot();
    void comesBackToAFullRedis_data();
    void comesBackToAFullRedis();

private:
    /// What Redis holds now is what it holds again after putBack().
    void copyAway();
    void putBack();
};

void RedisEpochTest::beginsANewEpochWhenAllIsLost()
{
    const auto log = open();
    const auto other = open();
    const QString epoch = log->epoch();
    QVERIFY(log->append(created(1)));
    QCOMPARE(m_redis->command({u"FLUSHALL"_s}), "OK");
    // What the batch rests on is gone; folded anew, it is written.
    const auto refused = log->append(write(resolved(incident(u"i1"_s, u"f1"_s))));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(log->epoch() != epoch);
    QCOMPARE(log->extent(u"r"_s)->head, 0);
    QCOMPARE(log->append(created(1))->first().sequence, 1);
    QCOMPARE(other->extent(u"r"_s)->head, 1);
    QCOMPARE(other->epoch(), log->epoch());
}

void RedisEpochTest::copyAway()
{
    QVERIFY(m_redis->command({u"BGREWRITEAOF"_s}).contains("started"));
    QTRY_VERIFY_WITH_TIMEOUT(
        m_redis->command({u"INFO"_s, u"persistence"_s}).contains("aof_rewrite_in_progress:0"),
        patience);
    m_redis->kill();
    QVERIFY(QProcess::execute(u"cp"_s,
                {u"-r"_s, m_redis->filePath(u"appendonlydir"_s), m_redis->filePath(u"copy"_s)})
        == 0);
    QVERIFY(m_redis->start(keepsAll));
}

void RedisEpochTest::putBack()
{
    m_redis->kill();
    QVERIFY(QProcess::execute(u"rm"_s, {u"-r"_s, m_redis->filePath(u"appendonlydir"_s)}) == 0);
    QVERIFY(QProcess::execute(
                u"mv"_s, {m_redis->filePath(u"copy"_s), m_redis->filePath(u"appendonlydir"_s)})
        == 0);
    QVERIFY(m_redis->start(keepsAll));
}

void RedisEpochTest::beginsANewEpochWhenTheLastWordsAreLost()
{
    QVERIFY(restart(keepsAll));
    const auto log = open();
    const QString epoch = log->epoch();
    QVERIFY(log->append(created(1)));
    copyAway();
    if (QTest::currentTestFailed())
        return;
    QVERIFY(log->append(created(2)));
    QCOMPARE(log->epoch(), epoch);
    putBack();
    if (QTest::currentTestFailed())
        return;
    QCOMPARE(log->extent(u"r"_s)->head, 1);
    QVERIFY(log->epoch() != epoch);
    QCOMPARE(log->append(created(3))->first().sequence, 2);
    QCOMPARE(open()->epoch(), log->epoch());
}

// An incident that was resolved in the history that is now, and open in the one that was lost,
// would be open again, and be in no list.
void RedisEpochTest::writesNothingIntoAHistoryThatItWasNotReadFrom()
{
    QVERIFY(restart(keepsAll));
    const auto log = open();
    const auto other = open();
    StoredIncident stored = incident(u"i1"_s, u"f1"_s);
    QVERIFY(log->append(write(stored)));
    copyAway();
    if (QTest::currentTestFailed())
        return;
    StoredIncident changed = stored;
    ++changed.incident.version;
    QVERIFY(log->append(write(changed)));
    QVERIFY(other->extent(u"r"_s));
    // Folded by now, and not sent.
    log->beginBatch();
    QVERIFY(log->find(u"i1"_s));
    ++changed.incident.version;

    putBack();
    if (QTest::currentTestFailed())
        return;
    other->beginBatch();
    QVERIFY(!other->append(write(resolved(stored))));
    QVERIFY(other->append(write(resolved(stored))));
    const auto written = log->append(write(changed));
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::Conflict);
    QCOMPARE(log->epoch(), other->epoch());
    QCOMPARE(log->find(u"i1"_s)->value().incident.status, IncidentStatus::Resolved);
}

void RedisEpochTest::beginsANewEpochWhenOthersWroteOverTheLoss()
{
    QVERIFY(restart(keepsAll));
    const auto log = open();
    const auto other = open();
    const QString epoch = log->epoch();
    QVERIFY(log->append(created(1)));
    QVERIFY(other->extent(u"r"_s));
    QVERIFY(log->append(created(2)));
    // The second is lost; the other gateway does not miss it, and has written two by the time that
    // the first comes back.
    const QStringList undo{u"EVAL"_s, uR"(redis.call('HSET', KEYS[1], 'generation', 1,
              'token', redis.call('XRANGE', '{tocsin}:feed', 1, 1)[1][2][2])
            redis.call('HSET', '{tocsin}:heads', 'r', 1)
            redis.call('DEL', '{tocsin}:incident:i2', '{tocsin}:identity:1:s:f2')
            redis.call('HDEL', '{tocsin}:open:s', 'f2')
            local events = redis.call('XRANGE', '{tocsin}:events:r', 1, 1)[1]
            redis.call('DEL', '{tocsin}:events:r')
            redis.call('XADD', '{tocsin}:events:r', events[1], unpack(events[2]))
            local first = redis.call('XRANGE', '{tocsin}:feed', 1, 1)[1]
            redis.call('DEL', '{tocsin}:feed')
            redis.call('XADD', '{tocsin}:feed', first[1], unpack(first[2]))
            return 'undone')"_s,
        u"1"_s, u"{tocsin}:meta"_s};
    QCOMPARE(m_redis->command(undo), "undone");
    QVERIFY(restart(keepsAll));
    QVERIFY(other->append(created(3)));
    QVERIFY(other->append(created(4)));
    QCOMPARE(other->epoch(), epoch);
    QCOMPARE(log->extent(u"r"_s)->head, 3);
    QVERIFY(log->epoch() != epoch);
    QVERIFY(other->extent(u"r"_s));
    QCOMPARE(other->epoch(), log->epoch());
}

void RedisEpochTest::beginsANewEpochWhereNobodyCanTell()
{
    QString epoch;
    {
        const auto log = open();
        QVERIFY(log->append(created(1)));
        epoch = log->epoch();
    }
    QCOMPARE(open()->epoch(), epoch);
    QVERIFY(restart(keepsAll));
    const auto log = open();
    QVERIFY(log->epoch() != epoch);
    QCOMPARE(log->extent(u"r"_s)->head, 1);
    QCOMPARE(open()->epoch(), log->epoch());
}

void RedisEpochTest::goesOnWhereNothingCanBeLost()
{
    QVERIFY(restart(keepsAll));
    const auto log = open();
    const auto other = open();
    const QString epoch = log->epoch();
    QVERIFY(log->append(created(1)));
    for (int i = 2; i < 4; ++i) {
        QVERIFY(restart(keepsAll));
        QCOMPARE(log->append(created(i))->first().sequence, i);
        QCOMPARE(other->extent(u"r"_s)->head, i);
        QCOMPARE(log->epoch(), epoch);
        QCOMPARE(other->epoch(), epoch);
    }
}

void RedisEpochTest::takesNobodysWordWhereSomethingCanBeLost_data()
{
    QTest::addColumn<QStringList>("before");
    QTest::addColumn<QStringList>("behind");
    const QStringList everySecond{u"--appendfsync"_s, u"everysec"_s};
    const QStringList notWhileItRewrites
        = keepsAll + QStringList{u"--no-appendfsync-on-rewrite"_s, u"yes"_s};
    QTest::newRow("every second") << everySecond << everySecond;
    QTest::newRow("not while it rewrites") << notWhileItRewrites << notWhileItRewrites;
    QTest::newRow("from now on") << everySecond << keepsAll;
    QTest::newRow("until now") << keepsAll << everySecond;
}

// A gateway that was cut off, and had not heard the end, misses nothing of what it knew.
void RedisEpochTest::takesNobodysWordWhereSomethingCanBeLost()
{
    QFETCH(QStringList, before);
    QFETCH(QStringList, behind);
    QVERIFY(restart(before));
    const auto log = open();
    const auto other = open();
    const QString epoch = log->epoch();
    QVERIFY(log->append(created(1)));
    QCOMPARE(other->extent(u"r"_s)->head, 1);
    QVERIFY(restart(behind));
    QVERIFY(other->extent(u"r"_s));
    QVERIFY(other->epoch() != epoch);
    QVERIFY(log->extent(u"r"_s));
    QCOMPARE(log->epoch(), other->epoch());
}

void RedisEpochTest::noticesALossThatAnotherDoesNot()
{
    const QStringList inMemory{u"--appendonly"_s, u"no"_s};
    QVERIFY(restart(inMemory));
    for (int i = 0; i < 2; ++i)
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"event=redis.volatile"_s));
    const auto log = open();
    const auto other = open();
    for (int i = 1; i < 4; ++i)
        QVERIFY(log->append(created(i)));
    QCOMPARE(other->extent(u"r"_s)->head, 3);
    QCOMPARE(m_redis->command({u"SAVE"_s}), "OK");
    // On somebody's screen, and lost.
    QCOMPARE(log->append(created(4))->first().sequence, 4);
    const QString epoch = log->epoch();
    QVERIFY(restart(inMemory));
    // Who has not seen it is the first to come back, and writes another one under its number.
    QVERIFY(other->extent(u"r"_s));
    QCOMPARE(other->append(created(5))->first().sequence, 4);
    QVERIFY(other->epoch() != epoch);
}

void RedisEpochTest::comesBackToAFullRedis_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::newRow("with a new epoch") << QStringList();
    QTest::newRow("with the same") << keepsAll;
}

void RedisEpochTest::comesBackToAFullRedis()
{
    QFETCH(QStringList, options);
    QVERIFY(restart(options));
    const auto log = open();
    QVERIFY(log->append(at(created(1), now - 10h)));
    QVERIFY(restart(options + QStringList{u"--maxmemory"_s, u"1"_s}));
    const auto pruned = log->prune(limits(now - 5h));
    // It begins with another epoch, and then there is something to delete.
    QVERIFY(pruned || pruned.error().code == ErrorCode::Conflict);
    QVERIFY(log->prune(limits(now - 5h)));
    QCOMPARE(log->extent(u"r"_s)->oldest, 2);
}

QTEST_GUILESS_MAIN(RedisEpochTest)
#include "tst_redisepoch.moc"
