// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/recentsnapshots_p.h"

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// The snapshots that were read a moment ago.
class RecentSnapshotsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void areFoundByRoomAndPosition();
    void areForgottenWhenTheyAreOld();
    void areBoundedInBytes();

private:
    using Clock = RecentSnapshots::Clock;

    const Clock::time_point m_begin{1h};
};

void RecentSnapshotsTest::areFoundByRoomAndPosition()
{
    RecentSnapshots snapshots;
    QVERIFY(!snapshots.find(u"r"_s, {u"e"_s, 0}, m_begin));
    snapshots.insert(u"r"_s, {{u"e"_s, 7}, {"a", "b"}}, m_begin);
    QCOMPARE(snapshots.inserted(), 1);
    for (const qint64 seq : {0, 7}) {
        const auto found = snapshots.find(u"r"_s, {u"e"_s, seq}, m_begin);
        QVERIFY(found);
        QCOMPARE(found->position.seq, 7);
        QCOMPARE(found->frames, (QList<QByteArray>{"a", "b"}));
    }
    QVERIFY(!snapshots.find(u"r"_s, {u"e"_s, 8}, m_begin));
    QVERIFY(!snapshots.find(u"r"_s, {u"f"_s, 7}, m_begin));
    QVERIFY(!snapshots.find(u"s"_s, {u"e"_s, 7}, m_begin));
}

void RecentSnapshotsTest::areForgottenWhenTheyAreOld()
{
    RecentSnapshots snapshots;
    QCOMPARE(snapshots.nextExpiry(), Clock::time_point::max());
    snapshots.insert(u"old"_s, {{u"e"_s, 1}, {"a"}}, m_begin);
    snapshots.insert(u"young"_s, {{u"e"_s, 1}, {"a"}}, m_begin + 1s);
    const auto expiry = snapshots.nextExpiry();
    QVERIFY(expiry > m_begin + 1s && expiry <= m_begin + 10s);
    QVERIFY(snapshots.find(u"old"_s, {u"e"_s, 1}, expiry - 1ms));
    // Whether somebody has come by to expire it or not.
    QVERIFY(!snapshots.find(u"old"_s, {u"e"_s, 1}, expiry));
    snapshots.expire(expiry);
    QCOMPARE(snapshots.nextExpiry(), expiry + 1s);
    QVERIFY(snapshots.find(u"young"_s, {u"e"_s, 1}, expiry));
    snapshots.expire(expiry + 1s);
    QCOMPARE(snapshots.nextExpiry(), Clock::time_point::max());
}

void RecentSnapshotsTest::areBoundedInBytes()
{
    RecentSnapshots snapshots;
    const QByteArray large(10 * 1024 * 1024, 'x');
    int kept = 0;
    for (int i = 0; i < 20; ++i)
        snapshots.insert(QString::number(i), {{u"e"_s, 1}, {large}}, m_begin + i * 1ms);
    for (int i = 0; i < 20; ++i) {
        if (snapshots.find(QString::number(i), {u"e"_s, 1}, m_begin + 20ms))
            ++kept;
        else
            QCOMPARE(kept, 0);
    }
    QVERIFY(kept > 1 && kept < 10);
    // One in another's place takes nobody else's.
    for (int i = 0; i < 20; ++i)
        snapshots.insert(u"19"_s, {{u"e"_s, i}, {large}}, m_begin + 20ms);
    QVERIFY(snapshots.find(u"18"_s, {u"e"_s, 1}, m_begin + 20ms));
}

QTEST_GUILESS_MAIN(RecentSnapshotsTest)
#include "tst_recentsnapshots.moc"
