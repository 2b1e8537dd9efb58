// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"
#include "gateway/tokens.h"
#include "peer.h"
#include "redisserver.h"

#include <QRegularExpression>

namespace tocsin::test {

inline const QString room = u"account:default"_s;
inline constexpr int gateways = 3;

/// What a client makes of what it is told of one room: the list, and whether anything was missing,
/// doubled or out of order on the way.
class Screen
{
public:
    explicit Screen(const QUrl &gateway)
        : peer(gateway)
    {
    }
    bool join(const QJsonObject &since = {})
    {
        QJsonObject command{{u"type"_s, u"room.join"_s}, {u"room"_s, room}};
        if (!since.isEmpty())
            command.insert(u"since"_s, since);
        return peer.send(command) && waitFor([this] { return isJoined; });
    }
    bool waitFor(const std::function<bool()> &condition)
    {
        return peer.waitUntil([&] {
            look();
            return condition();
        });
    }
    bool waitForHead(qint64 seq)
    {
        return waitFor([&] { return head >= seq; }) && head == seq;
    }
    void look()
    {
        for (const QJsonObject &message : std::as_const(peer.messages))
            take(message);
        peer.messages.clear();
    }

    Peer peer;
    QMap<QString, QJsonObject> incidents;
    QStringList created;
    QStringList mistakes;
    QString epoch;
    qint64 head = 0;
    int heads = 0;
    bool isJoined = false;
    bool wasRecovered = false;

private:
    void take(const QJsonObject &message)
    {
        const QString name = message.value(u"name"_s).toString();
        const QJsonObject data = message.value(u"data"_s).toObject();
        if (name == u"room.joined") {
            isJoined = true;
            wasRecovered = data.value(u"recovered"_s).toBool();
            epoch = data.value(u"epoch"_s).toString();
            if (!wasRecovered)
                head = data.value(u"seq"_s).toInteger();
        } else if (name == u"room.snapshot") {
            if (data.value(u"seq"_s).toInteger() != head)
                mistakes.append(u"a snapshot of another moment"_s);
            for (const auto &incident : data.value(u"incidents"_s).toArray())
                set(incident.toObject());
        } else if (name == u"room.heads") {
            ++heads;
            const qint64 told = data.value(u"heads"_s).toObject().value(room).toInteger();
            if (told != head)
                mistakes.append(u"head %1, at %2"_s.arg(told).arg(head));
        } else if (message.contains(u"seq"_s)) {
            const qint64 seq = message.value(u"seq"_s).toInteger();
            if (seq != head + 1)
                mistakes.append(u"%1 after %2"_s.arg(seq).arg(head));
            head = seq;
            if (name == u"incident.created")
                created.append(data.value(u"title"_s).toString());
            if (name == u"incident.resolved")
                incidents.remove(data.value(u"uuid"_s).toString());
            else
                set(data);
        }
    }
    void set(const QJsonObject &incident)
    {
        incidents.insert(incident.value(u"uuid"_s).toString(), incident);
    }
};

inline QByteArray reports(int first, int count, const QString &status = u"firing"_s)
{
    QByteArray all = "[";
    for (int i = first; i < first + count; ++i)
        all += (i > first ? "," : "") + nativeReport(u"k%1"_s.arg(i), status);
    return all + "]";
}

/// A test of several gateways over one Redis, each function with a Redis of its own.
class ClusterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u"^(?!event=(redis.renewed|log.failed)).*"_s));
        m_directory = std::make_unique<QTemporaryDir>();
        m_redis = std::make_unique<RedisServer>();
        QVERIFY(m_redis->start());
    }
    void cleanup()
    {
        m_gateways.clear();
        m_redis.reset();
    }

protected:
    std::unique_ptr<Gateway> start(int number, const QList<IncidentSource> &sources = {})
    {
        return start(number, GatewayConfiguration{.sources = sources});
    }
    std::unique_ptr<Gateway> start(int number, GatewayConfiguration configuration)
    {
        configuration.port = 0;
        configuration.dataDirectory = m_directory->filePath(QString::number(number));
        configuration.redisUrl = m_redis->url();
        configuration.heartbeatInterval = std::chrono::milliseconds(1000);
        auto gateway = Gateway::start(configuration);
        if (!gateway)
            qWarning() << gateway.error().message;
        return gateway ? std::move(*gateway) : nullptr;
    }
    void startAll(const QList<IncidentSource> &sources = {})
    {
        for (int i = 0; i < gateways; ++i) {
            m_gateways.push_back(start(i, sources));
            QVERIFY(m_gateways.back());
        }
    }
    QUrl http(int number) const { return m_gateways[std::size_t(number)]->httpUrl(); }
    std::unique_ptr<Screen> screen(int number) const
    {
        return std::make_unique<Screen>(m_gateways[std::size_t(number)]->webSocketUrl());
    }
    Answer report(int number, const QByteArray &body) const
    {
        return post(http(number), u"/ingest/incident"_s, body);
    }
    int readiness(int number) const
    {
        return request("GET", http(number).resolved(QUrl(u"/readyz"_s))).status;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RedisServer> m_redis;
    std::vector<std::unique_ptr<Gateway>> m_gateways;
};

} // namespace tocsin::test
