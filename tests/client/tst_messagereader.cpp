// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/messagereader_p.h"
#include "protocol/messages.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;

namespace {

QString frameOf(const std::vector<std::pair<QString, QString>> &fields)
{
    QStringList parts;
    for (const auto &[key, value] : fields)
        parts.append(QStringLiteral("\"%1\":%2").arg(key, value));
    return u'{' + parts.join(u',') + u'}';
}

void shuffle(std::vector<std::pair<QString, QString>> &fields)
{
    for (std::size_t i = fields.size(); i > 1; --i)
        std::swap(fields[i - 1], fields[*rc::gen::inRange<std::size_t>(0, i)]);
}

struct Read {
    std::optional<Envelope> envelope;
    std::optional<Incident> incident;
    bool frameError = false;
    bool dataError = false;
    bool known = false;
    friend bool operator==(const Read &, const Read &) = default;
};

Read readWith(MessageReader &reader, const QString &frame)
{
    auto &result = reader.read(frame);
    Read read{.frameError = result.frameError.has_value(),
        .dataError = result.dataError.has_value(),
        .known = !result.frameError && result.known};
    if (result.envelope && !result.frameError) {
        read.envelope = *result.envelope;
        if (!frame.contains(u"\"timestamp\":1"))
            read.envelope->timestamp = {}; // the moment of the reading
    }
    if (!result.messages.empty() && result.messages.front()->data())
        read.incident = *static_cast<const Incident *>(result.messages.front()->data());
    reader.recycle(std::exchange(result.messages, {}));
    return read;
}

// Any incident's data, whole or not, its fields in any order.
QString anyData()
{
    std::vector<std::pair<QString, QString>> fields{
        {QStringLiteral("uuid"), QStringLiteral("\"u-%1\"").arg(*rc::gen::inRange(0, 9))},
        {QStringLiteral("title"),
            *rc::gen::element(QStringLiteral("\"Disk\""), QStringLiteral("\"Gr\\u00f6\\n\\\"\""),
                QStringLiteral("\"über 日本\""), QStringLiteral("\"\""))},
        {QStringLiteral("severity"),
            *rc::gen::element(
                QStringLiteral("\"critical\""), QStringLiteral("\"odd\""), QStringLiteral("7"))}};
    const auto maybe = [&](const QString &key, const QString &value) {
        if (*rc::gen::arbitrary<bool>())
            fields.emplace_back(key, value);
    };
    maybe(QStringLiteral("version"), QString::number(*rc::gen::inRange(0, 5)));
    maybe(QStringLiteral("createdAt"), QStringLiteral("1706803200000"));
    maybe(QStringLiteral("service"),
        *rc::gen::element(QStringLiteral("\"db\""), QStringLiteral("null")));
    maybe(QStringLiteral("labels"), QString::fromUtf8(R"({"a":"1","constructor":"x","b":"2"})"));
    maybe(QStringLiteral("links"), QString::fromUtf8(R"([{"title":"t","url":"https://x"}])"));
    maybe(QStringLiteral("unknown"), QString::fromUtf8(R"({"deep":[1,2.5,{"x":null}]})"));
    maybe(QStringLiteral("title"), QStringLiteral("\"again\""));
    shuffle(fields);
    return frameOf(fields);
}

QString anyFrame()
{
    std::vector<std::pair<QString, QString>> fields{
        {QStringLiteral("name"),
            *rc::gen::weightedElement<QString>({{8, QStringLiteral("\"incident.created\"")},
                {1, QStringLiteral("\"incident.unknown\"")}, {1, QStringLiteral("\"error\"")}})},
        {QStringLiteral("data"), anyData()},
        {QStringLiteral("timestamp"), QStringLiteral("1706803200000")},
        {QStringLiteral("room"),
            *rc::gen::element(QStringLiteral("\"r1\""), QStringLiteral("\"r2\""))},
        {QStringLiteral("seq"), QString::number(*rc::gen::inRange(0, 4))}};
    while (fields.size() > 2 && *rc::gen::arbitrary<bool>())
        fields.pop_back();
    if (*rc::gen::inRange(0, 4) == 0)
        fields.emplace_back(QStringLiteral("more"), QStringLiteral("[{}]"));
    // Twice, or not of its type; the last of a name counts.
    if (*rc::gen::inRange(0, 4) == 0) {
        fields.push_back(*rc::gen::elementOf(std::vector<std::pair<QString, QString>>{
            {QStringLiteral("name"), QStringLiteral("\"incident.created\"")},
            {QStringLiteral("name"), QStringLiteral("\"incident.unknown\"")},
            {QStringLiteral("name"), QStringLiteral("\"incident\\u002ecreated\"")},
            {QStringLiteral("name"), QStringLiteral("null")}, {QStringLiteral("data"), anyData()},
            {QStringLiteral("data"), QStringLiteral("[]")},
            {QStringLiteral("seq"), QStringLiteral("9")},
            {QStringLiteral("seq"), QStringLiteral("null")},
            {QStringLiteral("seq"), QStringLiteral("-1")},
            {QStringLiteral("seq"), QStringLiteral("1.5")},
            {QStringLiteral("room"), QStringLiteral("\"r3 \\ud83d\\ude00\"")},
            {QStringLiteral("room"), QStringLiteral("null")},
            {QStringLiteral("timestamp"), QStringLiteral("1706803200001")},
            {QStringLiteral("timestamp"), QStringLiteral("\"now\"")},
            {QStringLiteral("__proto__"), QStringLiteral("{}")}}));
    }
    if (*rc::gen::arbitrary<bool>())
        shuffle(fields);
    QString frame = frameOf(fields);
    if (*rc::gen::inRange(0, 8) == 0)
        frame.truncate(*rc::gen::inRange<qsizetype>(0, frame.size()));
    return frame;
}

} // namespace

class MessageReaderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsTheSameOnBothWays();
    void readsOneNameAsTwoTypes();
    void keepsTheDataOfItsOwnNames();
    void forgetsWhatAUsedMessageHeld();
    void forgetsWhatABadFrameLeftInAMessage();
    void usesMessagesAgain();
    void tellsWhatNobodyAskedFor();
    void tellsANameThatIsTheClientsOwn();
    void namesTheFieldInItsErrors();
};

// In one go and into a message that was used before, or the long way and into a new one.
void MessageReaderTest::readsTheSameOnBothWays()
{
    MessageReader quick(Dialect::Envelope);
    quick.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    const bool held = rc::check("the same", [&quick] {
        const QString frame = anyFrame();
        MessageReader thorough(Dialect::Envelope);
        thorough.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
        thorough.keepJson();
        const Read expected = readWith(thorough, frame);
        const Read found = readWith(quick, frame);
        Read comparable = expected;
        if (!expected.known) // who listens to all is given what nobody knows, too
            comparable.incident.reset();
        if (!(found == comparable))
            RC_FAIL(frame.toStdString());
    });
    QVERIFY(held);
}

void MessageReaderTest::readsOneNameAsTwoTypes()
{
    MessageReader reader(Dialect::Envelope);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<IncidentReference>, 1);
    auto &result = reader.read(QString::fromUtf8(
        R"({"name":"incident.created","data":{"uuid":"u","title":"t","severity":"info"}})"));
    QCOMPARE(result.messages.size(), 2U);
    QCOMPARE(static_cast<Incident *>(result.messages[0]->data())->title, QStringLiteral("t"));
    QCOMPARE(
        static_cast<IncidentReference *>(result.messages[1]->data())->uuid, QStringLiteral("u"));
    // What only one of them can read is still for that one, and the other's error is told.
    auto &half
        = reader.read(QString::fromUtf8(R"({"name":"incident.created","data":{"uuid":"u"}})"));
    QCOMPARE(half.messages.size(), 1U);
    QCOMPARE(half.messages[0]->channel(), 1);
    QVERIFY(half.dataError);
}

void MessageReaderTest::keepsTheDataOfItsOwnNames()
{
    MessageReader reader(Dialect::Envelope);
    auto &result = reader.read(QString::fromUtf8(
        R"({"name":"room.joined","data":{"room":"r","epoch":"e","seq":4,"recovered":true}})"));
    QVERIFY(result.reserved);
    QVERIFY(!result.known);
    const auto data = reader.dataAs<RoomJoinedData>();
    QVERIFY(data);
    QCOMPARE(data->seq, 4);
}

// The last frame's values are what a false calm is made of.
void MessageReaderTest::forgetsWhatAUsedMessageHeld()
{
    MessageReader reader(Dialect::Envelope);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    const Read full = readWith(reader, QString::fromUtf8(R"({"name":"incident.created","data":{
        "uuid":"u1","title":"t1","severity":"critical","status":"resolved","service":"db",
        "assignee":"ada","acknowledgedBy":"ada","version":7,"count":9,"createdAt":1,"updatedAt":2,
        "resolvedAt":3,"labels":{"a":"1"},"annotations":{"b":"2"},
        "links":[{"title":"t","url":"https://x"}]},"timestamp":1706803200000,"room":"r1","seq":5})"));
    QVERIFY(full.incident);
    QCOMPARE(full.incident->service, QStringLiteral("db"));

    const Read bare = readWith(reader, QString::fromUtf8(R"({"name":"incident.created","data":{
        "uuid":"u2","title":"t2","severity":"info"}})"));
    QVERIFY(bare.incident);
    const Incident expected{
        .uuid = QStringLiteral("u2"), .title = QStringLiteral("t2"), .severity = Severity::Info};
    QVERIFY(*bare.incident == expected);
    QCOMPARE(bare.envelope->room, QString());
    QCOMPARE(bare.envelope->sequence, 0);
}

void MessageReaderTest::forgetsWhatABadFrameLeftInAMessage()
{
    MessageReader reader(Dialect::Envelope);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    // Its last field is bad: all before it was read into the message already.
    const Read bad = readWith(reader, QString::fromUtf8(R"({"name":"incident.created","data":{
        "uuid":"u1","title":"t1","service":"db","labels":{"a":"1"},"severity":7}})"));
    QVERIFY(bad.dataError);
    QVERIFY(!bad.incident);
    // And of this one the data is good, and the frame's end is missing.
    const Read half = readWith(reader, QString::fromUtf8(R"({"name":"incident.created","data":{
        "uuid":"u1","title":"t1","assignee":"ada","severity":"critical"},"room":"r)"));
    QVERIFY(half.frameError);
    QVERIFY(!half.incident);

    const Read good = readWith(reader, QString::fromUtf8(R"({"name":"incident.created","data":{
        "uuid":"u2","title":"t2","severity":"info"}})"));
    QVERIFY(good.incident);
    const Incident expected{
        .uuid = QStringLiteral("u2"), .title = QStringLiteral("t2"), .severity = Severity::Info};
    QVERIFY(*good.incident == expected);
}

// A steady stream allocates nothing: see docs/architecture.md, "Threads".
void MessageReaderTest::usesMessagesAgain()
{
    MessageReader reader(Dialect::Envelope);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    const QString frame = QString::fromUtf8(
        R"({"name":"incident.created","data":{"uuid":"u","title":"t","severity":"info"}})");
    const ReceivedMessage *first = nullptr;
    for (int i = 0; i < 3; ++i) {
        auto &result = reader.read(frame);
        QCOMPARE(result.messages.size(), 1U);
        QCOMPARE(result.messages.front()->size, frame.size());
        if (first)
            QCOMPARE(result.messages.front().get(), first);
        first = result.messages.front().get();
        reader.recycle(std::exchange(result.messages, {}));
    }
}

void MessageReaderTest::tellsWhatNobodyAskedFor()
{
    const QString frame
        = QString::fromUtf8(R"({"name":"nobody.knows","data":{"a":[1]},"room":"r","seq":3})");
    MessageReader reader(Dialect::Envelope);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    auto &quiet = reader.read(frame);
    QVERIFY(!quiet.frameError);
    QVERIFY(!quiet.known);
    QVERIFY(!quiet.reserved);
    QVERIFY(quiet.messages.empty());
    // Its place in the room's sequence counts all the same.
    QCOMPARE(quiet.envelope->room, QStringLiteral("r"));
    QCOMPARE(quiet.envelope->sequence, 3);

    reader.keepJson();
    auto &heard = reader.read(frame);
    QVERIFY(!heard.known);
    QCOMPARE(heard.messages.size(), 1U);
    QVERIFY(heard.messages.front()->unknown);
    QCOMPARE(heard.messages.front()->channel(), noChannel);
    QCOMPARE(heard.messages.front()->json, QByteArray(R"({"a":[1]})"));
    QCOMPARE(heard.messages.front()->envelope.name, QStringLiteral("nobody.knows"));
    reader.recycle(std::exchange(heard.messages, {})); // of no channel: nothing to keep it for
}

void MessageReaderTest::tellsANameThatIsTheClientsOwn()
{
    MessageReader reader(Dialect::Envelope);
    for (const QStringView name : {Authenticated.name, RoomJoined.name, RoomSnapshot.name,
             RoomHeads.name, ServerError.name, CommandReply.name, AttachmentAnnounced.name}) {
        const auto &result = reader.read(QStringLiteral("{\"name\":\"%1\",\"data\":{}}").arg(name));
        QVERIFY2(result.reserved, qPrintable(name.toString()));
        QVERIFY(!result.known);
        QVERIFY(result.messages.empty());
    }
    // One that a program listens to as well is still the client's.
    reader.addChannel(RoomSnapshot.name.toString(), &messageType<RoomSnapshotData>, 0);
    const auto &snapshot = reader.read(QString::fromUtf8(
        R"({"name":"room.snapshot","data":{"room":"r","epoch":"e","seq":4,"incidents":[]}})"));
    QVERIFY(snapshot.reserved);
    QVERIFY(snapshot.known);
    QCOMPARE(snapshot.messages.size(), 1U);
    const auto header = reader.dataAs<RoomPosition>();
    QVERIFY(header);
    QCOMPARE(header->seq, 4);
}

void MessageReaderTest::namesTheFieldInItsErrors()
{
    MessageReader reader(Dialect::Envelope);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    const auto &result = reader.read(QString::fromUtf8(
        R"({"name":"incident.created","data":{"uuid":"u","title":7,"severity":"info"}})"));
    QVERIFY(result.dataError);
    QCOMPARE(result.dataError->code, ErrorCode::InvalidPayload);
    QCOMPARE(result.dataError->where, QStringLiteral("data.title"));
    QVERIFY2(result.dataError->message.startsWith(u"incident.created: data.title: "),
        qPrintable(result.dataError->message));
    // An end too early is no null, which would be taken.
    const auto &garbage
        = reader.read(QString::fromUtf8(R"({"name":"incident.created","data":{},"room":)"));
    QVERIFY(garbage.frameError);
    QCOMPARE(garbage.frameError->code, ErrorCode::InvalidJson);
}

QTEST_GUILESS_MAIN(MessageReaderTest)
#include "tst_messagereader.moc"
