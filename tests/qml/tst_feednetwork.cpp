// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/connectionmodel.h"
#include "incidents/incidentmodel.h"
#include "networkmanager.h"
#include "qml/livefeed.h"
#include "scriptedserver.h"

using namespace tocsin;
using namespace Qt::StringLiterals;
using Status = ConnectionModel::Status;

namespace {

const auto away = u"192.0.2.7"_s;

} // namespace

/// A feed on a machine whose network comes and goes. Runs in a network of its own (CMakeLists.txt).
class FeedNetworkTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_manager.start(); }
    void cleanupTestCase() { m_manager.stop(); }

    // A laptop that is opened in a train.
    void saysThatItIsOfflineAtTheStartAndIsLiveOnceThereIsANetwork()
    {
        ScriptedServer server;
        server.listenAt(away);
        server.raise(u"a"_s, u"Disk full"_s, u"critical"_s);
        NetworkManager::say(NetworkManager::State::Disconnected);
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        QTRY_COMPARE(feed.connections()->count(), 1);
        QTRY_COMPARE(feed.connections()->status(), Status::Offline);
        QVERIFY(!feed.isLive());
        QVERIFY(!feed.isCalm());
        QVERIFY(!feed.trouble().isEmpty());

        NetworkManager::address(u"add"_s);
        NetworkManager::say(NetworkManager::State::Global);
        QTRY_VERIFY(feed.isSettled());
        QCOMPARE(feed.incidents()->rowOf(u"a"_s), 0);

        NetworkManager::say(NetworkManager::State::Disconnected);
        QTRY_COMPARE(feed.connections()->status(), Status::Offline);
        QVERIFY(!feed.isLive());
        QCOMPARE(feed.incidents()->count(), 1);
        NetworkManager::say(NetworkManager::State::Global);
        QTRY_VERIFY(feed.isSettled());
        NetworkManager::address(u"del"_s);
    }

    void needsNoNetworkForAServerOfThisMachine()
    {
        NetworkManager::say(NetworkManager::State::Disconnected);
        ScriptedServer server;
        LiveFeed feed;
        feed.setRooms({u"account:acme"_s});
        feed.setServer(server.url());
        LiveFeed other;
        other.setServer(u"ws://%1:9/ws"_s.arg(away));
        QTRY_COMPARE(other.connections()->count(), 1);
        QTRY_COMPARE(other.connections()->status(), Status::Offline);
        QTRY_VERIFY(feed.isSettled());
        server.goAway();
        QTRY_COMPARE(feed.connections()->status(), Status::Reconnecting);
        server.comeBack();
        QTRY_VERIFY(feed.isSettled());
    }

private:
    NetworkManager m_manager;
};

QTEST_MAIN(FeedNetworkTest)
#include "tst_feednetwork.moc"
