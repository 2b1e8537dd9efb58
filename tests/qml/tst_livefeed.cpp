// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/livefeed.h"
#include "scriptedserver.h"

#include <QPromise>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using tocsin::ConnectionModel;
using tocsin::DoubtModel;
using tocsin::IncidentModel;
using tocsin::LiveFeed;

class LiveFeedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }

    void isLiveOnceTheListIsThere()
    {
        ScriptedServer server;
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        QVERIFY(!feed.isLive());
        QTRY_VERIFY(feed.isSettled());
        QCOMPARE(feed.incidents()->count(), 1);
        QVERIFY(!feed.isCalm());
        QCOMPARE(feed.trouble(), QString());
    }

    // The promise that rules everything: never calm unless the server says so, at any moment.
    void isCalmOnlyWhileLiveAndEmpty()
    {
        ScriptedServer server;
        server.setProperty("answersJoins", false);
        LiveFeed feed;
        QObject::connect(&feed, &LiveFeed::calmChanged, &feed, [&feed] {
            if (feed.isCalm())
                QVERIFY(feed.isLive() && feed.incidents()->count() == 0);
        });
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        QTRY_COMPARE(feed.connections()->status(), ConnectionModel::Status::CatchingUp);
        QVERIFY(!feed.isCalm());

        server.setProperty("answersJoins", true);
        server.goAway();
        QTRY_VERIFY(feed.connections()->status() != ConnectionModel::Status::CatchingUp);
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_VERIFY(feed.isCalm());
        QVERIFY(feed.calmSince().isValid());

        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        QTRY_VERIFY(!feed.isCalm());
        QTRY_COMPARE(feed.incidents()->count(), 1);
        server.resolve(u"a"_s);
        QTRY_VERIFY(feed.isCalm());

        server.goAway();
        QTRY_VERIFY(!feed.isLive());
        QVERIFY(!feed.isCalm());
        QVERIFY(!feed.calmSince().isValid());
    }

    void keepsTheLastListAndItsAgeWhenTheServerIsGone()
    {
        ScriptedServer server;
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        const auto before = QDateTime::currentDateTime();
        feed.setServer(server.url());
        QTRY_VERIFY(feed.isSettled());
        const auto settled = QDateTime::currentDateTime();
        QTRY_VERIFY(QDateTime::currentDateTime() > settled);
        server.goAway();
        QTRY_COMPARE(feed.connections()->status(), ConnectionModel::Status::Reconnecting);
        QCOMPARE(feed.incidents()->count(), 1);
        // Not when it was noticed, but when the server last said that nothing was missing.
        QCOMPARE_GE(feed.lastLive(), before);
        QCOMPARE_LE(feed.lastLive(), settled);
        QVERIFY(!feed.trouble().isEmpty());

        // What happened meanwhile is there when it is live again.
        server.resolve(u"a"_s);
        server.raise(u"b"_s, u"Replica behind"_s, u"warning"_s);
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_VERIFY(feed.isSettled());
        QCOMPARE(feed.incidents()->count(), 1);
        QCOMPARE(feed.incidents()->rowOf(u"b"_s), 0);
    }

    void isLiveOnceTheRowsAreWhatTheServerHasSaid()
    {
        ScriptedServer server;
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        QStringList seen;
        QDateTime gone;
        bool isTooYoung = false;
        bool isUnexplained = false;
        connect(&feed, &LiveFeed::liveChanged, &feed, [&] {
            if (gone.isValid() && !feed.isLive() && feed.incidents()->rowOf(u"a"_s) == 0)
                isTooYoung = isTooYoung || feed.lastLive() > gone;
            const QString now = feed.isLive()
                ? u"live: %1 %2"_s.arg(feed.incidents()->rowOf(u"a"_s))
                      .arg(feed.incidents()->rowOf(u"b"_s))
                : u"aged"_s;
            // Also told when only its age has changed.
            if (seen.isEmpty() || seen.constLast() != now)
                seen.append(now);
        });
        feed.setServer(server.url());
        QTRY_VERIFY(feed.isLive());
        connect(feed.connections(), &ConnectionModel::statusChanged, &feed,
            [&] { isUnexplained = isUnexplained || (!feed.isLive() && feed.trouble().isEmpty()); });
        server.goAway();
        QTRY_VERIFY(!feed.isLive());
        gone = QDateTime::currentDateTime();
        // As many as before, so that no number tells.
        server.resolve(u"a"_s);
        server.raise(u"b"_s, u"Replica behind"_s, u"warning"_s);
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_COMPARE(seen, (QStringList{u"aged"_s, u"live: 0 -1"_s, u"aged"_s, u"live: -1 0"_s}));
        QVERIFY(!isTooYoung);
        QVERIFY(!isUnexplained);
    }

    void isAsOfTheListThatCameLastWhenItIsLostAtOnce()
    {
        ScriptedServer server;
        const QString directory = server.scratchFile(u"lists"_s);
        const auto start = [&](LiveFeed &feed) {
            feed.setCacheDirectory(directory);
            feed.setRooms({u"account:acme"_s});
            feed.setServer(server.url());
        };
        // More than the rows take in a frame.
        for (int i = 0; i < 12'000; ++i)
            server.raise(QString::number(i), u"Disk full"_s, u"critical"_s);
        {
            LiveFeed feed;
            start(feed);
            QTRY_VERIFY(feed.isSettled());
        }
        const auto before = QDateTime::currentDateTime();
        LiveFeed feed;
        start(feed);
        QTRY_VERIFY(feed.isUnconfirmed());
        QVERIFY(feed.lastLive() <= before);
        connect(feed.connections(), &ConnectionModel::statusChanged, &feed, [&] {
            if (feed.connections()->isLive())
                server.goAway();
        });
        QTRY_COMPARE(feed.connections()->status(), ConnectionModel::Status::Reconnecting);
        QTRY_VERIFY(!feed.incidents()->isBehind());
        QVERIFY(!feed.isLive());
        QVERIFY(!feed.isUnconfirmed());
        QCOMPARE_GE(feed.lastLive(), before);
        QCOMPARE(feed.incidents()->count(), 12'000);
        QVERIFY2(!feed.trouble().contains(u"more"_s), qPrintable(feed.trouble()));
    }

    void isAsOfTheLastWordOfTheServerAndNotOfTheFirst()
    {
        ScriptedServer server;
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        QTRY_VERIFY(feed.isSettled());
        const auto settled = QDateTime::currentDateTime();
        QTRY_VERIFY(QDateTime::currentDateTime() > settled);
        server.raise(u"b"_s, u"Replica behind"_s, u"warning"_s);
        QTRY_COMPARE(feed.incidents()->count(), 2);
        server.goAway();
        QTRY_VERIFY(!feed.isLive());
        QTRY_COMPARE_GT(feed.lastLive(), settled);
        QCOMPARE_LE(feed.lastLive(), QDateTime::currentDateTime());
    }

    void theListOfTheLastTimeIsNeitherLiveNorCalmAndGoesAsAWhole()
    {
        ScriptedServer server;
        const QString directory = server.scratchFile(u"lists"_s);
        const auto start = [&](LiveFeed &feed, const QStringList &rooms) {
            feed.setCacheDirectory(directory);
            feed.setRooms(rooms);
            feed.setServer(server.url());
        };
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        server.raise(u"a"_s, u"Disk full, second version"_s, u"critical"_s);
        {
            LiveFeed feed;
            start(feed, {u"account:acme"_s});
            QTRY_VERIFY(feed.isSettled());
        }
        server.goAway();
        const QDateTime ended = QDateTime::currentDateTime();
        {
            LiveFeed other;
            start(other, {u"account:other"_s});
            QTRY_COMPARE(other.connections()->status(), ConnectionModel::Status::Reconnecting);
            QVERIFY(!other.isUnconfirmed());
            QCOMPARE(other.incidents()->count(), 0);
        }

        LiveFeed feed;
        QObject::connect(&feed, &LiveFeed::liveChanged, &feed,
            [&feed] { QVERIFY(!(feed.isLive() && feed.isUnconfirmed())); });
        start(feed, {u"account:acme"_s});
        QTRY_COMPARE(feed.incidents()->count(), 1);
        QVERIFY(feed.isUnconfirmed());
        QVERIFY(!feed.isLive());
        QVERIFY(!feed.isSettled());
        QVERIFY(!feed.isCalm());
        QCOMPARE_LE(feed.lastLive(), ended);
        const QString why = feed.commands()->obstacle(tocsin::CommandKind::Acknowledge, {u"a"_s});
        QVERIFY2(why.startsWith(u"Not confirmed yet"), qPrintable(why));
        QTRY_COMPARE(feed.connections()->status(), ConnectionModel::Status::Reconnecting);
        QVERIFY(feed.isUnconfirmed());

        server.resolve(u"a"_s);
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_VERIFY(feed.isCalm());
        QVERIFY(!feed.isUnconfirmed());
    }

    void showsNothingOfTheServerBefore()
    {
        ScriptedServer first;
        first.raise(u"a"_s, u"Disk full"_s, u"critical"_s, {{u"source"_s, u"demonstration"_s}});
        ScriptedServer second;
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(first.url());
        QTRY_VERIFY(feed.isSettled());
        QVERIFY(feed.showsDemonstration());
        QVERIFY(feed.everHadIncidents());

        feed.setServer(second.url());
        QTRY_COMPARE(second.sessions(), 1);
        QTRY_VERIFY(feed.isCalm());
        QCOMPARE(first.sessions(), 0);
        QVERIFY(!feed.showsDemonstration());
        QVERIFY(!feed.everHadIncidents());
        QVERIFY(!feed.lastLive().isValid());
    }

    // An incident of both, as where one gateway was restored from a copy of the other.
    void doesNotTakeAnotherServersIncidentForOver()
    {
        ScriptedServer first;
        first.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(first.url());
        QTRY_COMPARE(feed.incidents()->count(), 1);
        first.resolve(u"a"_s); // version 2
        QTRY_VERIFY(feed.isCalm());

        ScriptedServer second;
        feed.setServer(second.url());
        QTRY_COMPARE(second.sessions(), 1);
        QTRY_VERIFY(feed.isCalm());
        second.raise(u"a"_s, u"Disk full"_s, u"critical"_s); // version 1
        QTRY_COMPARE(feed.incidents()->count(), 1);
    }

    void readsTheTokenAnewForEachConnection()
    {
        QTemporaryDir directory;
        const QString path = directory.filePath(u"token"_s);
        const auto write = [&path](const QByteArray &token) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(token) == token.size();
        };
        QVERIFY(write("first\n"));
        ScriptedServer server;
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setTokenFile(path);
        feed.setServer(server.url());
        QTRY_VERIFY(feed.isLive());
        QCOMPARE(server.property("token"), u"first"_s);

        QVERIFY(write("second"));
        server.goAway();
        // Before it is back: the first retry may come at once, and then nobody sees it away.
        QTRY_VERIFY(!feed.isLive());
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_VERIFY(feed.isLive());
        QCOMPARE(server.property("token"), u"second"_s);
    }

    void saysWhichTokenFileCannotBeRead()
    {
        ScriptedServer server;
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setTokenFile(u"/nowhere/token"_s);
        feed.setServer(server.url());
        QTRY_VERIFY2(feed.problem().contains(u"/nowhere/token"), qPrintable(feed.problem()));
        QCOMPARE(server.sessions(), 0);
    }

    void asksAStoreForTheTokenAndSaysWhatIsWrongThere()
    {
        ScriptedServer server;
        tocsin::MemorySecrets secrets;
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setSecrets(&secrets);
        feed.setSecretName(u"ops"_s);
        feed.setServer(server.url());
        QTRY_VERIFY2(feed.problem().contains(u"No token is kept"), qPrintable(feed.problem()));
        QCOMPARE(server.sessions(), 0);
        QVERIFY(secrets.write(u"ops"_s, u"first"_s).result());
        feed.connections()->retryNow(0);
        QTRY_VERIFY(feed.isLive());
        QCOMPARE(server.property("token"), u"first"_s);
        QVERIFY(feed.problem().isEmpty());
    }

    // A keyring that waits for its owner may answer when the feed is long gone.
    void isNotMissedByAStoreThatAnswersLate()
    {
        class LateSecrets : public tocsin::MemorySecrets
        {
        public:
            QFuture<tocsin::Expected<QString>> read(const QString & /*name*/) override
            {
                asked.start();
                return asked.future();
            }
            QPromise<tocsin::Expected<QString>> asked;
        };
        ScriptedServer server;
        LateSecrets secrets;
        auto feed = std::make_unique<LiveFeed>();
        feed->setRooms({u"account:acme"_s});
        feed->setSecrets(&secrets);
        feed->setServer(server.url());
        QTRY_VERIFY(secrets.asked.future().isStarted());
        feed.reset();
        secrets.asked.addResult(tocsin::Expected<QString>(u"late"_s));
        secrets.asked.finish();
        QCoreApplication::processEvents();
        QCOMPARE(server.sessions(), 0);
    }

    void saysThatItIsNotAuthorised()
    {
        QTemporaryDir directory;
        QFile file(directory.filePath(u"token"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("stale");
        file.close();
        ScriptedServer server;
        server.setProperty("refusesTokens", true);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setTokenFile(file.fileName());
        feed.setServer(server.url());
        QTRY_COMPARE(feed.connections()->status(), ConnectionModel::Status::NotAuthorised);
        QVERIFY(!feed.isCalm());
        QVERIFY(!feed.trouble().isEmpty());
    }

    void keepsToItselfWhatMayBeSecretInAnAddress()
    {
        for (const QString &address : {u"http://ann:geheim@127.0.0.1/ws?token=geheim"_s,
                 u"ws://ann:geheim@h.example:99999/ws"_s, u"ann:geheim@h.example"_s}) {
            LiveFeed feed;
            feed.setServer(address);
            QTRY_VERIFY(!feed.problem().isEmpty());
            QVERIFY2(!feed.problem().contains(u"geheim"), qPrintable(feed.problem()));
        }
    }

    void saysWhatIsNoAddress_data()
    {
        QTest::addColumn<QString>("server");
        QTest::newRow("another scheme") << u"http://127.0.0.1:8787"_s;
        QTest::newRow("a word") << u"localhost"_s;
        QTest::newRow("no host") << u"ws:///ws"_s;
        QTest::newRow("a port that is none") << u"ws://h.example:99999/ws"_s;
    }
    void saysWhatIsNoAddress()
    {
        QFETCH(const QString, server);
        LiveFeed feed;
        feed.setServer(server);
        QTRY_VERIFY(!feed.problem().isEmpty());
        QVERIFY(feed.problem().contains(server));
        QCOMPARE(feed.trouble(), feed.problem());
        QCOMPARE(feed.connections()->count(), 0);
        QVERIFY(!feed.isLive());
        QVERIFY(!feed.isCalm());
    }

    void saysWhichOfSeveralIsNoAddress()
    {
        LiveFeed feed;
        feed.setServer(u"ws://127.0.0.1:1/ws"_s);
        feed.setAlternatives({u"ws://127.0.0.1:2/ws"_s, u"http://127.0.0.1:3"_s});
        QTRY_VERIFY(!feed.problem().isEmpty());
        QVERIFY(feed.problem().contains(u"http://127.0.0.1:3"));
        QCOMPARE(feed.connections()->count(), 0);
    }

    void goesToAnotherAddressWhenOneFails()
    {
        ScriptedServer first;
        ScriptedServer second;
        for (ScriptedServer *const server : {&first, &second})
            server->raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(first.url());
        feed.setAlternatives({second.url()});
        QTRY_VERIFY(feed.isLive());
        const QModelIndex row = feed.connections()->index(0);
        const auto address = [row] { return row.data(ConnectionModel::AddressRole).toString(); };
        QCOMPARE(row.data(ConnectionModel::AddressCountRole).toInt(), 2);
        const bool onFirst = first.url().contains(address());
        QVERIFY(onFirst || second.url().contains(address()));
        // Seen as it happens: it may be live again before one looks.
        QSignalSpy changed(&feed, &LiveFeed::liveChanged);
        (onFirst ? first : second).goAway();
        QTRY_VERIFY(!changed.isEmpty());
        QTRY_VERIFY(feed.isLive() && (onFirst ? second : first).url().contains(address()));
        QCOMPARE(feed.incidents()->count(), 1);
        // While none is there, it is said which was tried.
        (onFirst ? second : first).goAway();
        QTRY_VERIFY(feed.trouble().contains(u"Nothing answers"));
        QTRY_VERIFY(feed.trouble().contains(address().section(u':', 1)));
    }

    // What is heard is not what there is: at no moment calm, and marked as long as it is live.
    void isNeverCalmByAServerThatSendsNoList()
    {
        ScriptedServer server;
        server.setProperty("plain", true);
        bool isFalse = false;
        LiveFeed feed;
        const auto look = [&] {
            const bool isKnown
                = feed.isLive() && !feed.isPartial() && !server.property("plain").toBool();
            isFalse = isFalse || (feed.isCalm() && !isKnown);
        };
        connect(&feed, &LiveFeed::calmChanged, &feed, look);
        connect(&feed, &LiveFeed::liveChanged, &feed, look);
        const auto isLive = [&] {
            // Of a plain server nobody knows that it is there before it says something.
            server.resolve(u"never heard of"_s);
            return feed.isLive();
        };
        const auto isMarked = [&feed](const QDateTime &since) {
            const QModelIndex doubt = feed.doubts()->index(0);
            return feed.isPartial() && feed.heardSince() >= since
                && feed.heardSince() <= QDateTime::currentDateTime() && !feed.isCalm()
                && doubt.data(DoubtModel::KindRole).toInt() == int(DoubtModel::Kind::MissingList)
                && doubt.data(DoubtModel::WhenRole).toDateTime() == feed.heardSince();
        };
        const auto begin = QDateTime::currentDateTime();
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        QTRY_VERIFY(isLive());
        QVERIFY(isMarked(begin));
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        QTRY_COMPARE(feed.incidents()->count(), 1);
        QVERIFY(isMarked(begin));

        server.goAway();
        QTRY_VERIFY(!feed.isLive());
        QVERIFY(!feed.isPartial()); // it is as of a moment now
        QCOMPARE(feed.doubts()->count(), 0);
        server.resolve(u"a"_s);
        server.raise(u"b"_s, u"Replica behind"_s, u"warning"_s);
        const auto back = QDateTime::currentDateTime();
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_VERIFY(isLive());
        // What became of it nobody has told.
        QCOMPARE(feed.incidents()->rowOf(u"a"_s), 0);
        QVERIFY(isMarked(back));

        // A gateway in its place.
        server.goAway();
        server.setProperty("plain", false);
        QTRY_VERIFY(!feed.isLive());
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_VERIFY(feed.isSettled());
        QVERIFY(!feed.isPartial());
        QCOMPARE(feed.doubts()->count(), 0);
        QCOMPARE(feed.incidents()->rowOf(u"a"_s), -1);
        server.resolve(u"b"_s);
        QTRY_VERIFY(feed.isCalm());

        // And back: it is given the time that a gateway may take to answer.
        server.goAway();
        QTRY_VERIFY(!feed.isLive());
        server.setProperty("plain", true);
        const auto again = QDateTime::currentDateTime();
        server.comeBack();
        feed.connections()->retryNow(0);
        QTRY_VERIFY_WITH_TIMEOUT(isLive(), 30'000);
        QVERIFY(isMarked(again));
        QVERIFY(!isFalse);
    }

    void leavesARoomWithItsIncidents()
    {
        ScriptedServer server;
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        QTRY_COMPARE(feed.incidents()->count(), 1);
        feed.setRooms({});
        QTRY_COMPARE(feed.incidents()->count(), 0);
        QVERIFY2(!feed.isCalm(), "without a room nothing is known");
        QVERIFY2(feed.trouble().startsWith(u"No room is set"), qPrintable(feed.trouble()));
    }
};

QTEST_MAIN(LiveFeedTest)
#include "tst_livefeed.moc"
