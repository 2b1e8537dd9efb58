// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/cachedlist.h"
#include "incidents/incidentstore.h"

#include <QTest>

#include <rapidcheck.h>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace tocsin;

namespace {

const QString server = u"wss://ops.example.com/ws"_s;
const QStringList rooms{u"a"_s, u"b"_s, u"c"_s};

Incident incident(const QString &uuid, qint64 version, Severity severity = Severity::Warning)
{
    return {.uuid = uuid,
        .title = u"%1 v%2 \"ü\" \n"_s.arg(uuid).arg(version),
        .severity = severity,
        .version = version,
        .labels = {{u"env"_s, u"prod"_s}}};
}

CachedList listOf(const QList<CachedIncident> &incidents)
{
    return {.server = server,
        .rooms = rooms,
        .asOf = timestampFromMilliseconds(1'700'000'000'000),
        .omitted = 0,
        .incidents = incidents};
}

/// What a store shows, to be compared.
QMap<QString, Incident> shown(const IncidentStore &store)
{
    QMap<QString, Incident> result;
    for (const Incident &one : store.all())
        result.insert(one.uuid, one);
    return result;
}

/// What a room's server has: some of a few incidents, of any version.
QList<Incident> anyList()
{
    QList<Incident> list;
    for (int i = 0; i < 6; ++i) {
        if (*rc::gen::arbitrary<bool>())
            list.append(incident(u"u%1"_s.arg(i), *rc::gen::inRange(1, 6)));
    }
    return list;
}

} // namespace

class CachedListTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isReadAsItWasWritten()
    {
        Incident full = incident(u"x"_s, 3, Severity::Critical);
        full.status = IncidentStatus::Acknowledged;
        full.createdAt = timestampFromMilliseconds(1'600'000'000'000);
        full.acknowledgedBy = u"Anna"_s;
        full.annotations = {{u"description"_s, u"[]{}"_s}};
        full.links = {{u"Runbook"_s, u"https://h.example/"_s}};
        const CachedList list = listOf({{{u"a"_s, u"b"_s}, full}, {{u"c"_s}, incident(u"y"_s, 1)}});
        const auto read = decodeCachedList(encodeCachedList(list), server, rooms);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QCOMPARE(*read, list);
        const auto empty = decodeCachedList(encodeCachedList(listOf({})), server, rooms);
        QVERIFY(empty);
        QCOMPARE(*empty, listOf({}));
    }

    void keepsTheWorstAndCountsTheRest()
    {
        QList<CachedIncident> many;
        for (qsizetype i = 0; i < CachedList::mostIncidents; ++i)
            many.append({{u"a"_s}, incident(u"w%1"_s.arg(i), 1)});
        many.append({{u"a"_s}, incident(u"worst"_s, 1, Severity::Critical)});
        const QByteArray bytes = encodeCachedList(listOf(many));
        QCOMPARE_LE(bytes.size(), CachedList::mostBytes + 1024);
        const auto read = decodeCachedList(bytes, server, rooms);
        QVERIFY(read);
        QCOMPARE(read->incidents.size(), CachedList::mostIncidents);
        QCOMPARE(read->incidents.first().incident.uuid, u"worst"_s);
        QCOMPARE(read->omitted, 1);
    }

    void isBoundedInBytes()
    {
        Incident large = incident(u"large"_s, 1);
        large.annotations = {{u"log"_s, QString(9 * 1024 * 1024, u'x')}};
        QList<CachedIncident> many;
        for (int i = 0; i < 5; ++i) {
            large.uuid = u"large%1"_s.arg(i);
            many.append({{u"a"_s}, large});
        }
        const QByteArray bytes = encodeCachedList(listOf(many));
        QCOMPARE_LE(bytes.size(), CachedList::mostBytes + 1024);
        const auto read = decodeCachedList(bytes, server, rooms);
        QVERIFY(read);
        QCOMPARE(read->incidents.size(), 3);
        QCOMPARE(read->omitted, 2);
    }

    void holdsNoSecretOfTheAddress()
    {
        QCOMPARE(cacheName(QUrl(u"wss://anna:secret@h.example:9/ws?token=secret#secret"_s)),
            u"wss://h.example:9/ws"_s);
    }

    void isNotUsed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("reason");
        const QByteArray good = encodeCachedList(listOf({{{u"a"_s}, incident(u"x"_s, 1)}}));
        const auto with = [&](const char *before, const char *after) {
            QByteArray changed = good;
            return changed.replace(before, after);
        };
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("no JSON") << QByteArray("\0\1\2", 3) << QString();
        QTest::newRow("cut off") << good.chopped(7) << QString();
        QTest::newRow("newer") << with("\"version\":1,", "\"version\":2,") << u"version 2"_s;
        QTest::newRow("without version") << with("\"version\":1,", "") << u"expected integer"_s;
        QTest::newRow("another server") << with("ops.example", "dev.example") << u"server"_s;
        QTest::newRow("fewer rooms")
            << with(R"(["a","b","c"])", R"(["a","b"])") << u"other rooms"_s;
        QTest::newRow("an incident of another room")
            << with(R"("rooms":["a"])", R"("rooms":["z"])") << u"no room"_s;
        QTest::newRow("twice") << encodeCachedList(
            listOf({{{u"a"_s}, incident(u"x"_s, 1)}, {{u"b"_s}, incident(u"x"_s, 2)}}))
                               << u"twice"_s;
    }
    void isNotUsed()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, reason);
        const auto read = decodeCachedList(bytes, server, rooms);
        QVERIFY(!read);
        QVERIFY(!read.error().message.isEmpty());
        QVERIFY2(read.error().message.contains(reason), qPrintable(read.error().message));
    }

    void noTruncationIsTakenForAList()
    {
        const QByteArray good = encodeCachedList(
            listOf({{{u"a"_s}, incident(u"x"_s, 1)}, {{u"b"_s}, incident(u"y"_s, 1)}}));
        for (qsizetype length = 0; length < good.size(); ++length)
            QVERIFY2(!decodeCachedList(good.first(length), server, rooms),
                qPrintable(u"%1 bytes"_s.arg(length)));
    }

    void whatIsPresumedGivesWayToAnyWordOfAServer()
    {
        IncidentStore store;
        store.presume({u"a"_s}, incident(u"x"_s, 9));
        store.presume({u"a"_s, u"b"_s}, incident(u"y"_s, 9));
        store.presume({u"a"_s}, incident(u"z"_s, 9));
        QVERIFY(store.isPresumed(u"x"_s));
        // The server's history counts anew, from 1.
        store.apply(u"a"_s, incident(u"x"_s, 1));
        QCOMPARE(store.find(u"x"_s)->version, 1);
        QVERIFY(!store.isPresumed(u"x"_s));
        store.resolve(u"z"_s, 2);
        QVERIFY(!store.find(u"z"_s));
        store.presume({u"a"_s}, incident(u"x"_s, 9));
        QCOMPARE(store.find(u"x"_s)->version, 1);

        store.replaceRoom(u"a"_s, {incident(u"y"_s, 2)});
        QCOMPARE(store.find(u"y"_s)->version, 2);
        QVERIFY(!store.isPresumed(u"y"_s));
        store.presume({u"c"_s}, incident(u"left"_s, 1));
        store.dropPresumed();
        QCOMPARE(shown(store).keys(), QStringList{u"y"_s});
    }

    // Whatever was kept, and in whatever order the rooms answer and speak: once each has sent its
    // list, a store that began with a cache shows what one that began with nothing shows, and in
    // between nothing is doubled and nothing that a server has said is lost.
    void aCacheLeavesNoTraceOnceEachRoomHasAnswered()
    {
        const bool held = rc::check("with cache == without", [] {
            IncidentStore cached;
            IncidentStore plain;
            QList<CachedIncident> kept;
            for (int i = 0; i < 6; ++i) {
                QStringList in;
                for (const QString &room : rooms) {
                    if (*rc::gen::arbitrary<bool>())
                        in.append(room);
                }
                if (!in.isEmpty())
                    kept.append({in, incident(u"u%1"_s.arg(i), *rc::gen::inRange(1, 6))});
            }
            const auto list = decodeCachedList(encodeCachedList(listOf(kept)), server, rooms);
            RC_ASSERT(list.has_value());
            for (const CachedIncident &one : list->incidents)
                cached.presume(one.rooms, one.incident);
            RC_ASSERT(cached.size() == kept.size());

            QStringList order = rooms;
            if (*rc::gen::arbitrary<bool>())
                std::ranges::reverse(order);
            int answered = 0;
            const int steps = *rc::gen::inRange(3, 20);
            for (int step = 0; step < steps || answered < order.size(); ++step) {
                if (answered < order.size() && (step >= steps || *rc::gen::arbitrary<bool>())) {
                    const QList<Incident> all = anyList();
                    cached.replaceRoom(order.at(answered), all);
                    plain.replaceRoom(order.at(answered), all);
                    ++answered;
                } else if (answered > 0) {
                    const QString room = order.at(*rc::gen::inRange(0, answered));
                    const Incident one
                        = incident(u"u%1"_s.arg(*rc::gen::inRange(0, 6)), *rc::gen::inRange(1, 9));
                    if (*rc::gen::arbitrary<bool>()) {
                        cached.apply(room, one);
                        plain.apply(room, one);
                    } else {
                        cached.resolve(one.uuid, one.version);
                        plain.resolve(one.uuid, one.version);
                    }
                }
                // What a server has said is shown as it was said.
                for (const Incident &one : plain.all()) {
                    RC_ASSERT(cached.find(one.uuid) != nullptr);
                    RC_ASSERT(*cached.find(one.uuid) == one);
                    RC_ASSERT(!cached.isPresumed(one.uuid));
                }
            }
            RC_ASSERT(shown(cached) == shown(plain));
        });
        QVERIFY(held);
    }
};

QTEST_GUILESS_MAIN(CachedListTest)
#include "tst_cachedlist.moc"
