// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "protocol/messages.h"
#include "protocol/typedchannel.h"

#include <QTest>

using namespace tocsin;

namespace {

constexpr auto receivedAt = Timestamp(std::chrono::milliseconds(5000));

Expected<RawMessage> decodeText(JsonReader &reader, const char *frame)
{
    return decodeTypedChannel(reader, frame, receivedAt);
}

QByteArray bytes(std::string_view text)
{
    return {text.data(), qsizetype(text.size())};
}

} // namespace

class TypedChannelTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void keepsTheDataWhileTheMessageLives();
    void encodes();
    void writesNobodyAsNull();
    void readsPresence();
    void readsTheCodesOfTheWire();
};

void TypedChannelTest::decodes_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("room");
    QTest::addColumn<qint64>("timestamp");
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *title, const char *frame, const char *name, const char *room,
                         qint64 timestamp, const char *data) {
        QTest::newRow(title) << QByteArray(frame) << QString::fromUtf8(name)
                             << QString::fromUtf8(room) << timestamp << QByteArray(data);
    };
    row("message", R"({"type":"message","channel":"c","event":"e","data":{"a":[1]},"timestamp":7})",
        "e", "c", 7, R"({"a":[1]})");
    row("message, no event", R"({"type":"message","channel":"c","data":{}})", "message", "c", 5000,
        "{}");
    row("message, no channel", R"({"type":"message","event":"e","data":{}})", "e", "", 5000, "{}");
    row("message, nulls",
        R"({"type":"message","channel":null,"event":null,"data":{},"timestamp":null})", "message",
        "", 5000, "{}");
    row("message, type last", R"({"data":{"type":"pong"},"event":"e","x":1,"type":"message"})", "e",
        "", 5000, R"({"type":"pong"})");
    row("presence", R"({"type":"presence","channel":"c","users":[{"id":"1","face":"x"}]})",
        "presence", "c", 5000, R"({"room":"c","users":[{"id":"1","face":"x"}]})");
    row("presence, plain ids", R"({"type":"presence","channel":"c","users":["a\"","b"]})",
        "presence", "c", 5000, R"({"room":"c","users":[{"id":"a\""},{"id":"b"}]})");
    row("presence, empty", R"({"type":"presence","channel":"c","users":[]})", "presence", "c", 5000,
        R"({"room":"c","users":[]})");
    row("error", R"({"type":"error","code":"full","message":"No room."})", "error", "", 5000,
        R"({"code":"full","message":"No room."})");
    row("error, no code", R"({"type":"error","message":"No."})", "error", "", 5000,
        R"({"code":"error","message":"No."})");
    row("pong with more in it", R"({"type":"pong","timestamp":7})", "__pong", "", 5000,
        R"({"type":"pong","timestamp":7})");
    row("unknown", R"( {"type":"subscribed","channel":"c"} )", "", "", 5000,
        R"({"type":"subscribed","channel":"c"})");
    // Its fields are nobody's business.
    row("unknown, odd fields", R"({"type":"typing","channel":7,"data":[]})", "", "", 5000,
        R"({"type":"typing","channel":7,"data":[]})");
    row("a name is no type", R"({"type":"room.joined","name":"incident.created","data":{}})", "",
        "", 5000, R"({"type":"room.joined","name":"incident.created","data":{}})");
}

void TypedChannelTest::decodes()
{
    QFETCH(QByteArray, frame);
    JsonReader reader;
    const auto message = decodeText(reader, frame.constData());
    QVERIFY2(message, message ? "" : qPrintable(message.error().message));
    QTEST(message->envelope.name, "name");
    QTEST(message->envelope.room, "room");
    QTEST(toMilliseconds(message->envelope.timestamp), "timestamp");
    QCOMPARE(message->envelope.sequence, 0);
    QTEST(bytes(message->data), "data");
}

void TypedChannelTest::refuses_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("where");
    const auto row = [](const char *title, const char *frame, ErrorCode code, const char *where) {
        QTest::newRow(title) << QByteArray(frame) << code << QString::fromUtf8(where);
    };
    row("no JSON", "{", ErrorCode::InvalidJson, "");
    row("no object", "[]", ErrorCode::InvalidPayload, "");
    row("no type", R"({"channel":"c","data":{}})", ErrorCode::InvalidPayload, "type");
    row("an envelope", R"({"name":"n","data":{}})", ErrorCode::InvalidPayload, "type");
    row("type no string", R"({"type":1})", ErrorCode::InvalidPayload, "type");
    row("no data", R"({"type":"message","channel":"c"})", ErrorCode::InvalidPayload, "data");
    row("data no object", R"({"type":"message","data":"x"})", ErrorCode::InvalidPayload, "data");
    row("channel no string", R"({"type":"message","channel":1,"data":{}})",
        ErrorCode::InvalidPayload, "channel");
    row("presence nowhere", R"({"type":"presence","users":[]})", ErrorCode::InvalidPayload,
        "channel");
    row("presence of a number", R"({"type":"presence","channel":"c","users":["a",1]})",
        ErrorCode::InvalidPayload, "users[1]");
}

void TypedChannelTest::refuses()
{
    QFETCH(QByteArray, frame);
    JsonReader reader;
    const auto message = decodeText(reader, frame.constData());
    QVERIFY(!message);
    QTEST(message.error().code, "code");
    QTEST(message.error().where, "where");
}

void TypedChannelTest::keepsTheDataWhileTheMessageLives()
{
    JsonReader reader;
    auto message = decodeText(reader, R"({"type":"presence","channel":"c","users":["a"]})");
    QVERIFY(message);
    const RawMessage moved = std::move(*message);
    QVERIFY(decodeText(reader, R"({"type":"message","data":{"other":1}})"));
    QCOMPARE(bytes(moved.data), QByteArray(R"({"room":"c","users":[{"id":"a"}]})"));
}

void TypedChannelTest::encodes()
{
    QCOMPARE(encodeSubscribe(u"a\"b"), QByteArray(R"({"type":"subscribe","channel":"a\"b"})"));
    QCOMPARE(encodeUnsubscribe(u"c"), QByteArray(R"({"type":"unsubscribe","channel":"c"})"));
    QCOMPARE(encodeChannelMessage(u"c", u"e", R"({"x":1})"),
        QByteArray(R"({"type":"message","channel":"c","event":"e","data":{"x":1}})"));
    QCOMPARE(encodeChannelMessage(u"", u"e", "{}"),
        QByteArray(R"({"type":"message","event":"e","data":{}})"));
}

void TypedChannelTest::writesNobodyAsNull()
{
    const QByteArray nobody = encodeCommand(Assign, {.uuid = QStringLiteral("u")});
    QCOMPARE(nobody, QByteArray(R"({"type":"incident.assign","uuid":"u","assignee":null})"));
    JsonReader reader;
    const auto read
        = [&](std::string_view json) { return decode<IncidentAssignment>(reader, json); };
    const auto none = read({nobody.constData(), std::size_t(nobody.size())});
    QVERIFY(none);
    QVERIFY(!none->assignee);
    const auto somebody = read(R"({"uuid":"u","assignee":"ann"})");
    QVERIFY(somebody);
    QCOMPARE(somebody->assignee, QStringLiteral("ann"));
    const auto absent = read(R"({"uuid":"u"})");
    QVERIFY(!absent);
    QCOMPARE(absent.error().where, QStringLiteral("assignee"));
    QVERIFY(absent.error().message.contains(u"string or null"));
    QCOMPARE(encodeCommand(Comment, {QStringLiteral("u"), QStringLiteral("on it")}, 4),
        QByteArray(R"({"type":"incident.comment","requestId":4,"uuid":"u","text":"on it"})"));
    QCOMPARE(encodeCommand(History, {QStringLiteral("u")}, 5),
        QByteArray(R"({"type":"incident.history","requestId":5,"uuid":"u"})"));
}

void TypedChannelTest::readsPresence()
{
    JsonReader reader;
    const auto presence = decodeData<PresenceData>(reader, PresenceChanged.name,
        R"({"room":"r","users":[{"id":"1","name":"Ann","role":"viewer"},{"id":"2"}]})");
    QVERIFY(presence);
    QCOMPARE(presence->users.size(), 2);
    QCOMPARE(presence->users[0].name, QStringLiteral("Ann"));
    const auto bad = decodeData<PresenceData>(
        reader, PresenceChanged.name, R"({"room":"r","users":[{"name":"nobody"}]})");
    QVERIFY(!bad);
    QCOMPARE(bad.error().where, QStringLiteral("data.users[0].id"));
}

void TypedChannelTest::readsTheCodesOfTheWire()
{
    QCOMPARE(errorCodeFromWire(u"invalid_json"), ErrorCode::InvalidJson);
    QCOMPARE(errorCodeFromWire(u"conflict"), ErrorCode::Conflict);
    QCOMPARE(errorCodeFromWire(u"unavailable"), ErrorCode::Unavailable);
    QVERIFY(!errorCodeFromWire(u"connection_lost")); // nothing that a peer can say
    QVERIFY(!errorCodeFromWire(u""));
}

QTEST_GUILESS_MAIN(TypedChannelTest)
#include "tst_typedchannel.moc"
