// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/incidentstore.h"

#include <QSignalSpy>
#include <QTest>

using namespace tocsin;

namespace {

const QString roomA = QStringLiteral("a");
const QString roomB = QStringLiteral("b");

Incident incident(const QString &uuid, qint64 version = 1)
{
    return {.uuid = uuid,
        .title = QStringLiteral("%1 v%2").arg(uuid).arg(version),
        .severity = Severity::Critical,
        .version = version};
}

} // namespace

class IncidentStoreTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void neverGoesBackToAnOlderVersion();
    void doesNotBringBackWhatWasResolved();
    void opensAgainWithANewerVersion();
    void replacesWhatARoomHas();
    void keepsWhatIsInAnotherRoom();
    void believesASnapshotThatIsOlder();
    void believesANewHistoryInEveryRoom();
    void changesNothingForWhatIsKnown();
    void remembersTheLatestEndOfWhatEndedTwice();
    void followsAServerThatCountsNoVersions();
    void keepsAnIncidentWhereItIs();
};

void IncidentStoreTest::neverGoesBackToAnOlderVersion()
{
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x"), 3));
    store.apply(roomB, incident(QStringLiteral("x"), 2));
    QCOMPARE(store.find(QStringLiteral("x"))->version, 3);
    store.resolve(QStringLiteral("x"), 2);
    QVERIFY(store.find(QStringLiteral("x")));
    store.resolve(QStringLiteral("x"), 4);
    QVERIFY(!store.find(QStringLiteral("x")));
}

void IncidentStoreTest::doesNotBringBackWhatWasResolved()
{
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x"), 1));
    store.resolve(QStringLiteral("x"), 2);
    QSignalSpy changed(&store, &IncidentStore::changed);
    store.apply(roomB, incident(QStringLiteral("x"), 1));
    store.apply(roomB, incident(QStringLiteral("x"), 2));
    QCOMPARE(store.size(), 0);
    QCOMPARE(changed.size(), 0);
    // Told of its end before its beginning.
    store.resolve(QStringLiteral("y"), 5);
    store.apply(roomA, incident(QStringLiteral("y"), 4));
    QCOMPARE(store.size(), 0);
}

void IncidentStoreTest::opensAgainWithANewerVersion()
{
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x"), 1));
    store.resolve(QStringLiteral("x"), std::nullopt);
    store.apply(roomA, incident(QStringLiteral("x"), 2));
    QVERIFY(store.find(QStringLiteral("x")));
}

void IncidentStoreTest::replacesWhatARoomHas()
{
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x")));
    store.apply(roomA, incident(QStringLiteral("y")));
    QSignalSpy removed(&store, &IncidentStore::removed);
    store.replaceRoom(roomA, {incident(QStringLiteral("y"), 2), incident(QStringLiteral("z"))});
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed[0][0].toString(), QStringLiteral("x"));
    QCOMPARE(store.find(QStringLiteral("y"))->version, 2);
    QCOMPARE(store.size(), 2);
}

void IncidentStoreTest::keepsWhatIsInAnotherRoom()
{
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x")));
    store.apply(roomB, incident(QStringLiteral("x")));
    store.removeRoom(roomA);
    QCOMPARE(store.size(), 1);
    store.removeRoom(roomB);
    QCOMPARE(store.size(), 0);
}

void IncidentStoreTest::believesASnapshotThatIsOlder()
{
    // The server was restored from a copy: what it says now is what is so.
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x"), 9));
    store.apply(roomA, incident(QStringLiteral("y"), 9));
    store.resolve(QStringLiteral("y"), 10);
    store.replaceRoom(roomA, {incident(QStringLiteral("x"), 4), incident(QStringLiteral("y"), 4)});
    QCOMPARE(store.find(QStringLiteral("x"))->version, 4);
    QCOMPARE(store.find(QStringLiteral("y"))->version, 4);
}

// Restored from a copy, the server counts on from older versions, in all rooms of an incident.
void IncidentStoreTest::believesANewHistoryInEveryRoom()
{
    IncidentStore store;
    const auto inBoth = [&](qint64 version) {
        store.replaceRoom(roomA, {incident(QStringLiteral("x"), version)});
        store.replaceRoom(roomB, {incident(QStringLiteral("x"), version)});
    };
    inBoth(9);
    store.apply(roomA, incident(QStringLiteral("y"), 9));
    store.resolve(QStringLiteral("y"), 10);
    store.beginHistory({roomA, roomB});
    QVERIFY(store.isPresumed(QStringLiteral("x")));
    inBoth(4);
    QCOMPARE(store.find(QStringLiteral("x"))->version, 4);
    QVERIFY(!store.isPresumed(QStringLiteral("x")));
    // It was not resolved in this history.
    store.apply(roomA, incident(QStringLiteral("y"), 5));
    QVERIFY(store.find(QStringLiteral("y")));
    // What another server says of its rooms is as good as before.
    store.beginHistory({QStringLiteral("elsewhere")});
    store.apply(roomA, incident(QStringLiteral("x"), 3));
    QCOMPARE(store.find(QStringLiteral("x"))->version, 4);
}

void IncidentStoreTest::changesNothingForWhatIsKnown()
{
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x")));
    QSignalSpy changed(&store, &IncidentStore::changed);
    store.apply(roomA, incident(QStringLiteral("x")));
    store.replaceRoom(roomA, {incident(QStringLiteral("x"))});
    QCOMPARE(changed.size(), 0);
}

void IncidentStoreTest::keepsAnIncidentWhereItIs()
{
    IncidentStore store;
    store.apply(roomA, incident(QStringLiteral("x")));
    const std::shared_ptr<const Incident> kept = store.share(QStringLiteral("x"));
    for (int i = 0; i < 1'000; ++i)
        store.apply(roomA, incident(QString::number(i)));
    store.apply(roomB, incident(QStringLiteral("x"), 2));
    store.replaceRoom(roomA, {incident(QStringLiteral("x"), 3)});
    QCOMPARE(kept.get(), store.find(QStringLiteral("x")));
    QCOMPARE(kept->version, 3);
    // Who hears of a change may remove it, and has it until then.
    connect(&store, &IncidentStore::changed, &store, [&](const Incident &now) {
        const QString title = now.title;
        store.resolve(now.uuid, now.version);
        QCOMPARE(now.title, title);
    });
    store.apply(roomA, incident(QStringLiteral("x"), 4));
    QVERIFY(!store.share(QStringLiteral("x")));
    QCOMPARE(kept->version, 4);
    store.apply(roomA, incident(QStringLiteral("y"), 1));
    QVERIFY(!store.find(QStringLiteral("y")));
}

// Twenty thousand ends are remembered: of what ended twice, the second is not forgotten with the
// first.
void IncidentStoreTest::remembersTheLatestEndOfWhatEndedTwice()
{
    const QString uuid = QStringLiteral("x");
    IncidentStore store;
    auto endOthers = [&store, next = 0](int count) mutable {
        for (int i = 0; i < count; ++i)
            store.resolve(QStringLiteral("other %1").arg(next++), 2);
    };
    store.resolve(uuid, 2);
    store.apply(roomA, incident(uuid, 3));
    endOthers(10'000);
    store.resolve(uuid, 4);
    endOthers(15'000);
    store.apply(roomA, incident(uuid, 3)); // late
    QVERIFY(!store.find(uuid));
    endOthers(6'000);
    store.apply(roomA, incident(uuid, 3));
    QVERIFY(store.find(uuid));
}

void IncidentStoreTest::followsAServerThatCountsNoVersions()
{
    const QString uuid = QStringLiteral("x");
    IncidentStore store;
    int changes = 0;
    QObject::connect(&store, &IncidentStore::changed, &store, [&changes] { ++changes; });
    Incident told = incident(uuid, 1);
    told.severity = Severity::Warning;
    store.apply(roomA, told);
    store.apply(roomA, told);
    QCOMPARE(changes, 1);
    told.severity = Severity::Critical;
    store.apply(roomA, told);
    QCOMPARE(changes, 2);
    QCOMPARE(store.find(uuid)->severity, Severity::Critical);
    store.resolve(uuid, std::nullopt);
    QVERIFY(!store.find(uuid));
    store.apply(roomA, told); // begins again
    QVERIFY(store.find(uuid));
}

QTEST_GUILESS_MAIN(IncidentStoreTest)
#include "tst_incidentstore.moc"
