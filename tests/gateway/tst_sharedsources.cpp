// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewayprocess.h"
#include "redisserver.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QTemporaryDir>

using namespace tocsin::test;

/// Two gateways over one Redis, of which one hears what the other one does not.
class SharedSourcesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void missesNothingThatAnotherHeardWhileItHungItself();
};

void SharedSourcesTest::missesNothingThatAnotherHeardWhileItHungItself()
{
    const QTemporaryDir directory;
    RedisServer redis;
    QVERIFY(redis.start());
    const auto configured = [&](const QString &name, const QByteArray &tables) {
        QFile file(directory.filePath(name));
        const bool written = file.open(QIODevice::WriteOnly) && file.write(tables) == tables.size();
        return written ? file.fileName() : QString();
    };
    const QByteArray backup = "[[source]]\nname = \"backup\"\nexpect_every = \"8s\"\n";
    const QByteArray mute = "[[source]]\nname = \"mute\"\nexpect_every = \"8s\"\n";
    GatewayProcess one;
    GatewayProcess other;
    QVERIFY(one.start(directory.filePath(u"one"_s), redis.url(),
        {u"--config"_s, configured(u"one.toml"_s, backup)}));
    QVERIFY(other.start(directory.filePath(u"other"_s), redis.url(),
        {u"--config"_s, configured(u"other.toml"_s, backup + mute)}));
    Peer peer(one.webSocket());
    QVERIFY(peer.join(u"account:default"_s));
    QVERIFY(!peer.take(u"room.snapshot"_s).isEmpty());

    const auto hear
        = [&] { return post(one.http(), u"/ingest/incident?source=backup"_s, "[]").status == 200; };
    QVERIFY(hear());
    other.stop();
    // Longer than expect_every, by the clock: that is what a silence is. What is heard meanwhile is
    // heard much more often, so that a busy machine is not one.
    for (const QDeadlineTimer hanging(9'000); !hanging.hasExpired(); QTest::qWait(100))
        QVERIFY(hear());
    other.resume();

    // It tells of what is due in one go, and nobody has heard of the other source indeed.
    QStringList missing;
    QVERIFY(peer.waitUntil([&] {
        if (!hear())
            return false;
        for (const QJsonObject &message : std::as_const(peer.messages)) {
            if (message.value(u"name"_s).toString() == u"incident.created")
                missing.append(message[u"data"_s][u"service"_s].toString());
        }
        peer.messages.clear();
        return missing.contains(u"mute"_s);
    }));
    QCOMPARE(missing, QStringList{u"mute"_s});
}

QTEST_GUILESS_MAIN(SharedSourcesTest)
#include "tst_sharedsources.moc"
