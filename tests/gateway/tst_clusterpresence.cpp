// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "clustertest.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

/// What several gateways know of each other's senders and sessions.
class ClusterPresenceTest : public ClusterTest
{
    Q_OBJECT
private Q_SLOTS:
    void hearsASourceWhereverItPosts();
    void tellsWhoIsOnOtherGateways();

private:
    /// As /metrics has it.
    int silentSources(int number) const
    {
        const QByteArray metrics = request("GET", http(number).resolved(QUrl(u"/metrics"_s))).body;
        const QRegularExpression line(
            u"^tocsin_gateway_silent_sources (\\d+)$"_s, QRegularExpression::MultilineOption);
        const auto match = line.match(QString::fromUtf8(metrics));
        return match.hasMatch() ? match.captured(1).toInt() : -1;
    }
};

void ClusterPresenceTest::hearsASourceWhereverItPosts()
{
    IncidentSource source{.name = u"native"_s};
    source.expectEvery = 1s;
    startAll({source});
    const auto seen = screen(2);
    QVERIFY(seen->join());
    QCOMPARE(report(0, "[]").status, 200);
    // Silent, it is missed by all of them, once.
    for (int i = 0; i < gateways; ++i)
        QTRY_COMPARE_WITH_TIMEOUT(silentSources(i), 1, patience);
    QVERIFY(seen->waitFor([&] { return !seen->created.isEmpty(); }));
    QCOMPARE(seen->created.size(), 1);
    // Heard again, it is heard by those, too, to whom it does not post. However long this takes,
    // and however often it is silent meanwhile: it posts until they know.
    const auto isHeardBy
        = [&](int number) { return report(0, "[]").status == 200 && silentSources(number) == 0; };
    for (int i = 0; i < gateways; ++i)
        QVERIFY(QTest::qWaitFor([&] { return isHeardBy(i); }, patience));
    QVERIFY(
        seen->waitFor([&] { return report(0, "[]").status == 200 && seen->incidents.isEmpty(); }));
    QCOMPARE(seen->mistakes, QStringList());
}

void ClusterPresenceTest::tellsWhoIsOnOtherGateways()
{
    const QString tokens = m_directory->filePath(u"tokens.toml"_s);
    const auto addViewer = [&](const QString &name) {
        return addToken(tokens, {.name = name, .role = Role::Viewer}).value();
    };
    const QString ann = addViewer(u"ann"_s);
    const QString bob = addViewer(u"bob"_s);
    const GatewayConfiguration configuration{.tokensFile = tokens, .presenceRooms = {room}};
    for (int i = 0; i < 2; ++i) {
        m_gateways.push_back(start(i, configuration));
        QVERIFY(m_gateways.back());
    }
    const auto come = [&](int number, const QString &token) {
        auto peer = std::make_unique<Peer>(m_gateways[std::size_t(number)]->webSocketUrl());
        peer->send(QJsonObject{{u"type"_s, u"auth"_s}, {u"token"_s, token}});
        peer->join(room);
        return peer;
    };
    // Whom the last list told of.
    const auto told = [](const Peer &peer) {
        QStringList names;
        for (const QJsonObject &message : peer.messages) {
            if (message.value(u"name"_s) != u"presence"_s)
                continue;
            names.clear();
            for (const auto &user : message.value(u"data"_s).toObject().value(u"users"_s).toArray())
                names.append(user.toObject().value(u"name"_s).toString());
        }
        return names;
    };
    const QStringList both{u"ann"_s, u"bob"_s};
    const auto first = come(0, ann);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), QStringList{u"ann"_s}, patience);
    auto second = come(1, bob);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
    QTRY_COMPARE_WITH_TIMEOUT(told(*second), both, patience);
    // Ann is there once, on whatever gateways; and still is when she leaves one of them.
    auto again = come(1, ann);
    QTRY_COMPARE_WITH_TIMEOUT(told(*again), both, patience);
    again.reset();
    second.reset();
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), QStringList{u"ann"_s}, patience);
    // Who was on a gateway that stops is there no more.
    second = come(1, bob);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
    m_gateways.back().reset();
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), QStringList{u"ann"_s}, patience);
    // Told anew when Redis has forgotten it: as of a gateway that dies without a word, what it said
    // is not believed for ever.
    m_gateways.back() = start(1, configuration);
    second = come(1, bob);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
    const QByteArray keys = m_redis->command({u"KEYS"_s, u"{tocsin}:gateway:*"_s});
    QCOMPARE(keys.split('\n').size(), 2);
    for (const QByteArray &key : keys.split('\n')) {
        const qint64 left = m_redis->command({u"PTTL"_s, QString::fromLatin1(key)}).toLongLong();
        QVERIFY2(left > 0 && left <= 30'000, qPrintable(QString::number(left)));
        QCOMPARE(m_redis->command({u"DEL"_s, QString::fromLatin1(key)}), "1");
    }
    QTRY_COMPARE_WITH_TIMEOUT(
        m_redis->command({u"KEYS"_s, u"{tocsin}:gateway:*"_s}).split('\n').size(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(told(*first), both, patience);
}

QTEST_GUILESS_MAIN(ClusterPresenceTest)
#include "tst_clusterpresence.moc"
