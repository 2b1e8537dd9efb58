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
    for (std::size_t i = fields.size(); i > 1; --i)
        std::swap(fields[i - 1], fields[*rc::gen::inRange<std::size_t>(0, i)]);
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
    if (*rc::gen::inRange(0, 4) == 0)
        std::swap(fields[0], fields[1]);
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

QTEST_GUILESS_MAIN(MessageReaderTest)
#include "tst_messagereader.moc"
