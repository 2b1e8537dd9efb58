// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/closecode.h"
#include "protocol/heartbeat.h"
#include "protocol/messages.h"

#include <QTest>

using namespace tocsin;

namespace {
constexpr auto receivedAt = Timestamp(std::chrono::milliseconds(5000));

Expected<RawMessage> decodeText(JsonReader &reader, const char *frame)
{
    return decodeEnvelope(reader, frame, receivedAt);
}
} // namespace

class MessagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodesAnEnvelopeInAnyOrder();
    void fillsInWhatAPlainServerLeavesOut();
    void refusesABadEnvelope_data();
    void refusesABadEnvelope();
    void decodesAnIncident();
    void showsAnUnknownSeverity();
    void tellsNoMonitorsFromNoneKnown();
    void namesMessageAndPath();
    void putsThePayloadBesideTheType();
    void encodesWhatItDecodes();
    void knowsHeartbeatAnswers();
    void followsTheCloseCodeTable_data();
    void followsTheCloseCodeTable();
};

void MessagesTest::decodesAnEnvelopeInAnyOrder()
{
    JsonReader reader;
    const auto message = decodeText(reader,
        R"({"data":{"a":[1, {"b":2}]} ,"seq":42,"room":"r","timestamp":7,"name":"n","x":0})");
    QVERIFY(message);
    QCOMPARE(message->envelope,
        (Envelope{QStringLiteral("n"), timestampFromMilliseconds(7), QStringLiteral("r"), 42}));
    QCOMPARE(QByteArray(message->data.data(), qsizetype(message->data.size())),
        QByteArray(R"({"a":[1, {"b":2}]})"));
}

void MessagesTest::fillsInWhatAPlainServerLeavesOut()
{
    JsonReader reader;
    const auto message = decodeText(reader, R"({"name":"n","data":{}})");
    QVERIFY(message);
    QCOMPARE(message->envelope.timestamp, receivedAt);
    QCOMPARE(message->envelope.sequence, 0);
    QCOMPARE(message->envelope.room, QString());
}

void MessagesTest::refusesABadEnvelope_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("where");
    QTest::newRow("no name") << QByteArray(R"({"data":{}})") << QStringLiteral("name");
    QTest::newRow("no data") << QByteArray(R"({"name":"n"})") << QStringLiteral("data");
    QTest::newRow("data not an object")
        << QByteArray(R"({"name":"n","data":[]})") << QStringLiteral("data");
    QTest::newRow("name not a string")
        << QByteArray(R"({"name":1,"data":{}})") << QStringLiteral("name");
    QTest::newRow("sequence 0") << QByteArray(R"({"name":"n","data":{},"seq":0})")
                                << QStringLiteral("seq");
}

void MessagesTest::refusesABadEnvelope()
{
    QFETCH(QByteArray, frame);
    JsonReader reader;
    const auto message = decodeText(reader, frame.constData());
    QVERIFY(!message);
    QTEST(message.error().where, "where");
}

void MessagesTest::decodesAnIncident()
{
    JsonReader reader;
    const auto incident = decodeData<Incident>(reader, IncidentCreated.name,
        R"({"uuid":"u","title":"t","severity":"critical","status":"acknowledged","createdAt":5,
            "version":3,"labels":{"a":"b"},"links":[{"title":"x","url":"https://e"}],"count":2})");
    QVERIFY(incident);
    QCOMPARE(incident->severity, Severity::Critical);
    QCOMPARE(incident->status, IncidentStatus::Acknowledged);
    QCOMPARE(incident->createdAt, timestampFromMilliseconds(5));
    QCOMPARE(incident->version, 3);
    QCOMPARE(incident->count, 2);
    QCOMPARE(incident->labels.value(QStringLiteral("a")), QStringLiteral("b"));
    QCOMPARE(incident->links.value(0).url, QStringLiteral("https://e"));
}

void MessagesTest::showsAnUnknownSeverity()
{
    JsonReader reader;
    const auto incident = decodeData<Incident>(
        reader, IncidentCreated.name, R"({"uuid":"u","title":"t","severity":"page"})");
    QVERIFY(incident);
    QCOMPARE(incident->severity, Severity::Unknown);
    QVERIFY(Severity::Unknown > Severity::Warning && Severity::Unknown < Severity::Info);
}

void MessagesTest::tellsNoMonitorsFromNoneKnown()
{
    JsonReader reader;
    const auto decoded = [&](const QByteArray &monitors) {
        const QByteArray json
            = R"({"room":"r","epoch":"e","seq":1,"incidents":[])" + monitors + '}';
        return decodeData<RoomSnapshotData>(
            reader, RoomSnapshot.name, {json.constData(), std::size_t(json.size())});
    };
    QVERIFY(!decoded("").value().monitors); // an older server
    QCOMPARE(decoded(R"(,"monitors":[])").value().monitors->size(), 0);
    const auto some = decoded(
        R"(,"monitors":[{"monitorUuid":"m","status":"down","changedAt":5},
            {"monitorUuid":"n","name":"N","status":"asleep","changedAt":6}])");
    const QList<MonitorStatus> expected{
        {QStringLiteral("m"), {}, MonitorState::Down, timestampFromMilliseconds(5)},
        {QStringLiteral("n"), QStringLiteral("N"), MonitorState::Unknown,
            timestampFromMilliseconds(6)}};
    QCOMPARE(some.value().monitors, expected);
    QCOMPARE(decoded(R"(,"monitors":[{"status":"up","changedAt":5}])").error().where,
        QStringLiteral("data.monitors[0].monitorUuid"));
}

void MessagesTest::namesMessageAndPath()
{
    JsonReader reader;
    const auto incident = decodeData<Incident>(reader, IncidentCreated.name,
        R"({"uuid":"u","title":"t","severity":"info","links":[{"title":"x","url":5}]})");
    QVERIFY(!incident);
    QCOMPARE(incident.error().message,
        QStringLiteral("incident.created: data.links[0].url: expected string, got number"));
}

void MessagesTest::putsThePayloadBesideTheType()
{
    QCOMPARE(encodeCommand(JoinRoom, {.room = QStringLiteral("r"), .since = {}}),
        QByteArray(R"({"type":"room.join","room":"r"})"));
    QCOMPARE(encodeCommand(JoinRoom,
                 {.room = QStringLiteral("r"),
                     .since = RoomPosition{.epoch = QStringLiteral("e"), .seq = 4}}),
        QByteArray(R"({"type":"room.join","room":"r","since":{"epoch":"e","seq":4}})"));
    QCOMPARE(encodeCommand(Acknowledge, {.uuid = QStringLiteral("u")}, 7),
        QByteArray(R"({"type":"incident.acknowledge","requestId":7,"uuid":"u"})"));
}

void MessagesTest::encodesWhatItDecodes()
{
    const RoomJoinedData joined{QStringLiteral("r\"é"), QStringLiteral("e"), 9, true};
    const QByteArray frame = encodeMessage(RoomJoined, joined, receivedAt, joined.room);
    JsonReader reader;
    const auto message = decodeText(reader, frame.constData());
    QVERIFY(message);
    QCOMPARE(message->envelope.name, RoomJoined.name);
    QCOMPARE(message->envelope.room, joined.room);
    JsonReader dataReader;
    const auto data = decodeData<RoomJoinedData>(dataReader, RoomJoined.name, message->data);
    QVERIFY(data);
    QCOMPARE(data->room, joined.room);
    QCOMPARE(data->seq, 9);
    QVERIFY(data->recovered);
}

void MessagesTest::knowsHeartbeatAnswers()
{
    QVERIFY(isHeartbeatAnswer("3"));
    QVERIFY(isHeartbeatAnswer(R"({"type":"pong"})"));
    QVERIFY(isHeartbeatAnswer(R"({ "type" : "pong" })"));
    QVERIFY(!isHeartbeatAnswer("2"));
    QVERIFY(!isHeartbeatAnswer(R"({"name":"pong","data":{}})"));
    QVERIFY(!isHeartbeatAnswer(""));
}

void MessagesTest::followsTheCloseCodeTable_data()
{
    QTest::addColumn<QList<int>>("codes");
    QTest::addColumn<CloseAction>("action");
    QTest::newRow("reconnect") << QList<int>{0, 1000, 1001, 1005, 1006, 1011, 1012, 1013, 4000,
        4008, 4100, 4399, 4500, 4999}
                               << CloseAction::Reconnect;
    QTest::newRow("report") << QList<int>{1002, 1003, 1007, 1008, 1009}
                            << CloseAction::ReconnectAndReport;
    QTest::newRow("reauthenticate") << QList<int>{4001} << CloseAction::Reauthenticate;
    QTest::newRow("stop") << QList<int>{4003, 4010, 4400, 4401, 4450, 4499} << CloseAction::Stop;
    QTest::newRow("slowly") << QList<int>{4029} << CloseAction::ReconnectSlowly;
}

void MessagesTest::followsTheCloseCodeTable()
{
    QFETCH(QList<int>, codes);
    QFETCH(CloseAction, action);
    for (const int code : codes)
        QVERIFY2(closeAction(code) == action, qPrintable(QString::number(code)));
}

QTEST_GUILESS_MAIN(MessagesTest)
#include "tst_messages.moc"
