// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Against a server that is not ours: Node's `ws` (wsserver.js).
#include "client/socketclient.h"
#include "protocol/messages.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

const QString room = QStringLiteral("account:acme");

IncidentReference incident(const QString &uuid)
{
    return {.uuid = uuid};
}

} // namespace

class NodeServerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();
    void answersRequests();
    void repeatsARequestThatIsSafe();
    void carriesAttachmentsThereAndBack();
    void sharesAChannel();

private:
    [[nodiscard]] SocketClientOptions options(const QString &path, Dialect dialect) const
    {
        SocketClientOptions options{
            .url = QUrl(QStringLiteral("ws://127.0.0.1:%1%2").arg(m_port).arg(path)),
            .dialect = dialect};
        options.connection.reconnectDelay = 10ms;
        return options;
    }

    QProcess m_server;
    int m_port = 0;
};

void NodeServerTest::initTestCase()
{
    m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_server.start(QStringLiteral(TOCSIN_NODE), {QStringLiteral(TOCSIN_WS_SERVER)});
    QTRY_VERIFY_WITH_TIMEOUT(m_server.canReadLine(), 30'000);
    m_port = m_server.readLine().trimmed().toInt();
    QVERIFY(m_port > 0);
}

void NodeServerTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
}

void NodeServerTest::cleanupTestCase()
{
    m_server.closeWriteChannel();
    QVERIFY(m_server.waitForFinished());
    QCOMPARE(m_server.exitCode(), 0);
}

void NodeServerTest::answersRequests()
{
    SocketClient client(options(QStringLiteral("/ws"), Dialect::Envelope));
    client.connectToServer();
    QList<QFuture<Reply>> answers;
    for (int i = 0; i < 1'000; ++i)
        answers.append(client.request(History, incident(QString::number(i))));
    const auto refused = client.request(Acknowledge, incident(QStringLiteral("refuse")));
    QTRY_VERIFY(refused.isFinished());
    QCOMPARE(refused.result().error,
        (Error{ErrorCode::NotFound, QStringLiteral("No such incident."), {}}));
    for (int i = 0; i < answers.size(); ++i) {
        QVERIFY(answers[i].isFinished());
        const auto result = answers[i].result().as<IncidentReference>();
        QVERIFY(result);
        QCOMPARE(result->uuid, QString::number(i));
    }
}

void NodeServerTest::repeatsARequestThatIsSafe()
{
    SocketClient client(options(QStringLiteral("/ws"), Dialect::Envelope));
    client.connectToServer();
    const auto safe
        = client.request(History, incident(QStringLiteral("drop")), {.safeToRepeat = true});
    QTRY_VERIFY(safe.isFinished());
    QVERIFY(safe.result().ok);
    const auto unsafe = client.request(History, incident(QStringLiteral("drop")));
    QTRY_VERIFY(unsafe.isFinished());
    QCOMPARE(unsafe.result().error.code, ErrorCode::ConnectionLost);
}

void NodeServerTest::carriesAttachmentsThereAndBack()
{
    SocketClient client(options(QStringLiteral("/ws"), Dialect::Envelope));
    QList<Attachment> sent;
    for (const int size : {0, 1, 125, 126, 65'535, 65'536, 1'000'003}) {
        QByteArray data(size, Qt::Uninitialized);
        for (char &byte : data)
            byte = char(QRandomGenerator::global()->bounded(256));
        sent.append({.id = QString::number(size),
            .name = QStringLiteral("Gr\u00e4ph \"1\".png"),
            .contentType = QStringLiteral("image/png"),
            .data = data});
    }
    QList<Attachment> received;
    connect(&client, &SocketClient::attachmentReceived, this,
        [&](const Attachment &attachment) { received.append(attachment); });
    for (const Attachment &attachment : sent) {
        client.send(Acknowledge, incident(attachment.id));
        QVERIFY(client.sendAttachment(attachment));
    }
    client.connectToServer();
    QTRY_COMPARE(received.size(), sent.size());
    QCOMPARE(received, sent);
    QCOMPARE(client.rejectedMessages(), 0);
}

void NodeServerTest::sharesAChannel()
{
    const auto channelOptions = [&] {
        auto chosen = options(QStringLiteral("/channels"), Dialect::TypedChannel);
        chosen.connection.heartbeatInterval = 20ms;
        return chosen;
    };
    SocketClient first(channelOptions());
    SocketClient second(channelOptions());
    constexpr auto Remarked = Message<IncidentRemark>{u"incident.comment"};
    qsizetype present = 0;
    QStringList remarks;
    QList<Error> errors;
    first.on(PresenceChanged, this,
        [&](const PresenceData &data, const Envelope &) { present = data.users.size(); });
    first.on(Remarked, this, [&](const IncidentRemark &remark, const Envelope &envelope) {
        QCOMPARE(envelope.room, room);
        remarks.append(remark.text);
    });
    connect(&first, &SocketClient::errorOccurred, this,
        [&](const Error &error) { errors.append(error); });
    for (SocketClient *const client : {&first, &second}) {
        client->joinRoom(room);
        client->connectToServer();
    }
    QTRY_COMPARE(present, 2);
    QTRY_COMPARE(first.roomFreshness(room), RoomFreshness::Live);
    for (const QStringView text : {u"one", u"two", u"three"}) {
        second.send(
            Comment, {.uuid = QStringLiteral("u"), .text = text.toString()}, {.channel = room});
    }
    QTRY_COMPARE(remarks,
        (QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
    QTRY_VERIFY(first.roundTripTime().has_value());
    second.leaveRoom(room);
    QTRY_COMPARE(present, 1);
    QCOMPARE(first.unknownMessages(), 1); // `subscribed`
    first.sendText(R"({"type":"incident.created"})");
    QTRY_COMPARE(errors.size(), 1);
    QVERIFY(errors[0].message.contains(u"unknown_type"));
    QCOMPARE(first.rejectedMessages(), 0);
}

QTEST_GUILESS_MAIN(NodeServerTest)
#include "tst_nodeserver.moc"
