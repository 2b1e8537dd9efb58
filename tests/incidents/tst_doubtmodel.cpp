// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/socketclient.h"
#include "incidents/doubtmodel.h"
#include "incidents/incidentstore.h"

#include <QAbstractItemModelTester>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace tocsin;

namespace {

const QString room = u"a"_s;

Incident silence(const QString &uuid, qint64 since, qint64 version = 1)
{
    return {.uuid = uuid,
        .title = u"Nothing has been heard from %1 v%2"_s.arg(uuid).arg(version),
        .createdAt = timestampFromMilliseconds(since),
        .version = version,
        .source = u"gateway"_s};
}

} // namespace

class DoubtModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void namesEachSilentSourceOnceUntilItIsHeard()
    {
        IncidentStore store;
        DoubtModel doubts(store);
        const QAbstractItemModelTester tester(&doubts);
        QCOMPARE(doubts.summary(), QString());
        store.apply(room, silence(u"x"_s, 1000));
        store.apply(room, silence(u"y"_s, 2000));
        store.apply(room, silence(u"x"_s, 1000, 2));
        QCOMPARE(doubts.silentSources(), 2);
        QCOMPARE(doubts.summary(), u"2 silent sources"_s);
        // The latest first.
        QCOMPARE(doubts.index(0).data(DoubtModel::WhatRole), u"Nothing has been heard from y v1"_s);
        QCOMPARE(doubts.index(1).data(DoubtModel::WhatRole), u"Nothing has been heard from x v2"_s);
        QCOMPARE(doubts.index(1).data(DoubtModel::WhenRole).toDateTime(),
            QDateTime::fromMSecsSinceEpoch(1000));
        store.resolve(u"y"_s, 2);
        store.removeRoom(room);
        QCOMPARE(doubts.count(), 0);
    }

    void putsAMissingListAboveAll()
    {
        IncidentStore store;
        DoubtModel doubts(store);
        const QAbstractItemModelTester tester(&doubts);
        const auto kind = [&doubts](int row) {
            return DoubtModel::Kind(doubts.index(row).data(DoubtModel::KindRole).toInt());
        };
        const auto moment = QDateTime::fromMSecsSinceEpoch(500);
        doubts.setHeardSince(moment);
        store.apply(room, silence(u"x"_s, 1000));
        QCOMPARE(doubts.count(), 2);
        QCOMPARE(kind(0), DoubtModel::Kind::MissingList);
        QCOMPARE(doubts.index(0).data(DoubtModel::WhenRole).toDateTime(), moment);
        QCOMPARE(doubts.summary(), u"no list from the server, 1 silent source"_s);
        doubts.setHeardSince(moment.addSecs(1));
        QCOMPARE(doubts.count(), 2);
        QCOMPARE(doubts.index(0).data(DoubtModel::WhenRole).toDateTime(), moment.addSecs(1));
        QCOMPARE(doubts.index(0).data(DoubtModel::TimesRole).toInt(), 1);
        doubts.setHeardSince({});
        QCOMPARE(doubts.count(), 1);
        QCOMPARE(kind(0), DoubtModel::Kind::SilentSource);
    }

    void anotherSourcesIncidentIsNoDoubt()
    {
        IncidentStore store;
        DoubtModel doubts(store);
        Incident one = silence(u"x"_s, 1000);
        one.source = u"alertmanager"_s;
        store.apply(room, one);
        QCOMPARE(doubts.count(), 0);
    }

    void namesThePlaceOnce()
    {
        IncidentStore store;
        SocketClient client({.url = QUrl(u"ws://h.example/ws"_s)});
        DoubtModel doubts(store);
        doubts.setClient(&client);
        Q_EMIT client.errorOccurred({ErrorCode::InvalidPayload,
            u"incident.created: data.uuid: expected string"_s, u"data.uuid"_s});
        QCOMPARE(doubts.index(0).data(DoubtModel::WhatRole),
            u"incident.created: data.uuid: expected string"_s);
        Q_EMIT client.errorOccurred({ErrorCode::InvalidJson, u"expected string"_s, u"name"_s});
        const auto named
            = doubts.match(doubts.index(0), DoubtModel::WhatRole, u"name: expected string"_s);
        QCOMPARE(named.size(), 1);
    }

    void foldsWhatIsToldAgainAndIsBounded()
    {
        IncidentStore store;
        SocketClient client({.url = QUrl(u"ws://h.example/ws"_s)});
        DoubtModel doubts(store);
        const QAbstractItemModelTester tester(&doubts);
        doubts.setClient(&client);
        const auto reject = [&client](const QString &message) {
            Q_EMIT client.errorOccurred({ErrorCode::InvalidPayload, message, u"data.severity"_s});
        };
        reject(u"first"_s);
        reject(u"first"_s);
        Q_EMIT client.errorOccurred({ErrorCode::ConnectionRefused, u"no message"_s, {}});
        QCOMPARE(doubts.count(), 1);
        QCOMPARE(doubts.index(0).data(DoubtModel::TimesRole).toInt(), 2);
        QCOMPARE(doubts.index(0).data(DoubtModel::ServerRole), u"h.example"_s);
        for (int i = 0; i < DoubtModel::mostRejections; ++i)
            reject(QString::number(i));
        QCOMPARE(doubts.count(), DoubtModel::mostRejections);
        QVERIFY(doubts.match(doubts.index(0), DoubtModel::WhatRole, u"data.severity: first"_s)
                .isEmpty());
        // A stranger's words do not fill the screen.
        reject(QString(100'000, u'x'));
        QCOMPARE_LE(doubts.index(0).data(DoubtModel::WhatRole).toString().size(), 300);

        store.apply(room, silence(u"x"_s, 1000));
        QCOMPARE(doubts.index(0).data(DoubtModel::KindRole).toInt(),
            int(DoubtModel::Kind::SilentSource));
        doubts.setClient(nullptr);
        QCOMPARE(doubts.count(), 1);
    }
};

QTEST_MAIN(DoubtModelTest)
#include "tst_doubtmodel.moc"
