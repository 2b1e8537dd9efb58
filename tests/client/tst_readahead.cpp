// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/readahead_p.h"
#include "protocol/messages.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;

namespace {

constexpr QChar umlaut(0xFC);
const QString tooOdd = QString::fromUtf8(R"({"data":{},"name":"incident.created"})");
const QString unknown = QString::fromUtf8(R"({"name":"nobody.knows","data":{}})");

QString usual(int number, qsizetype titleSize = 4)
{
    return QString::fromUtf8(R"({"name":"incident.created","data":{"uuid":"%1","title":"%2",)"
                             R"("severity":"info"},"room":"ö","seq":%3})")
        .arg(number)
        .arg(QString(titleSize, umlaut))
        .arg(number + 1);
}

const QString cut = usual(1).chopped(40);

const Incident &incidentOf(ReceivedMessage &message)
{
    return *static_cast<const Incident *>(message.data());
}

} // namespace

class ReadAheadTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void readsWhatIsUsualAndKeepsTheRest();
    void keepsTheAttemptsApart();
    void keepsTheOrder();
    void usesMessagesAgain();
    void learnsANewChannel();
    void tellsOfItsRestWhereAsked();
    void endsWithWorkUnderWay();

private:
    std::atomic<int> m_rests = 0;
    std::unique_ptr<ReadAhead> m_ahead;
};

void ReadAheadTest::init()
{
    m_rests = 0;
    MessageReader reader(Dialect::Envelope);
    reader.addChannel(IncidentCreated.name.toString(), &messageType<Incident>, 0);
    reader.addChannel(QStringLiteral("__mine"), &messageType<Incident>, 1);
    m_ahead = std::make_unique<ReadAhead>(reader, [this] { ++m_rests; });
}

void ReadAheadTest::readsWhatIsUsualAndKeepsTheRest()
{
    QVERIFY(!m_ahead->wait()); // nothing is under way
    const QString reserved
        = usual(4).replace(QStringLiteral("incident.created"), QStringLiteral("__mine"));
    const QStringList frames{usual(0), tooOdd, unknown, cut, reserved, usual(5, 3'000)};
    for (const QString &frame : frames)
        m_ahead->add(1, frame);
    QVERIFY(!m_ahead->take()); // not handed over yet
    m_ahead->handOver();
    const auto block = m_ahead->wait();
    QVERIFY(block);
    QCOMPARE(block->size(), std::size_t(frames.size()));
    for (std::size_t i = 0; i < block->size(); ++i) {
        const std::string_view frame = block->frame(i);
        QCOMPARE(QString::fromUtf8(frame.data(), qsizetype(frame.size())), frames[qsizetype(i)]);
        const auto message = block->takeMessage(i);
        QCOMPARE(bool(message), i == 0 || i == 5);
        if (!message)
            continue;
        QCOMPARE(message->channel(), 0);
        QCOMPARE(message->envelope.room, QStringLiteral("ö"));
        QCOMPARE(message->envelope.sequence, qint64(i) + 1);
        QCOMPARE(incidentOf(*message).uuid, QString::number(i));
        QCOMPARE(incidentOf(*message).title, QString(i == 0 ? 4 : 3'000, umlaut));
    }
    QVERIFY(!m_ahead->wait());
}

void ReadAheadTest::keepsTheAttemptsApart()
{
    m_ahead->add(1, usual(1));
    m_ahead->add(2, usual(2));
    m_ahead->handOver();
    auto first = m_ahead->wait();
    auto second = m_ahead->wait();
    QVERIFY(first && second);
    QCOMPARE(first->attempt(), 1);
    QCOMPARE(first->size(), 1U);
    QCOMPARE(second->attempt(), 2);
    QCOMPARE(incidentOf(*second->takeMessage(0)).uuid, QStringLiteral("2"));
}

// Whatever is added, handed over, taken, waited for and given back, in any order.
void ReadAheadTest::keepsTheOrder()
{
    const bool held = rc::check("in order, each once", [this] {
        int added = 0;
        int taken = 0;
        ReceivedMessages used;
        const auto check = [&](std::unique_ptr<ReadAhead::Block> block) {
            if (!block)
                return false;
            for (std::size_t i = 0; i < block->size(); ++i, ++taken) {
                auto message = block->takeMessage(i);
                const bool isUsual = taken % 7 != 0;
                RC_ASSERT(bool(message) == isUsual);
                if (!message) {
                    RC_ASSERT(block->frame(i) == cut.toStdString());
                    continue;
                }
                RC_ASSERT(incidentOf(*message).uuid == QString::number(taken));
                used.push_back(std::move(message));
            }
            m_ahead->reuse(std::move(block));
            return true;
        };
        const int steps = *rc::gen::inRange(1, 12);
        for (int step = 0; step < steps; ++step) {
            switch (*rc::gen::inRange(0, 5)) {
            case 0:
            case 1: {
                // Up to more than may be under way.
                const int count = *rc::gen::inRange(1, 1'200);
                for (int i = 0; i < count; ++i, ++added)
                    m_ahead->add(1, added % 7 == 0 ? cut : usual(added, added % 90));
                break;
            }
            case 2: m_ahead->handOver(); break;
            case 3: (void)check(m_ahead->take()); break;
            case 4: m_ahead->recycle(std::exchange(used, {})); break;
            }
        }
        m_ahead->handOver();
        while (check(m_ahead->wait())) { }
        RC_ASSERT(taken == added);
    });
    QVERIFY(held);
}

void ReadAheadTest::usesMessagesAgain()
{
    m_ahead->add(1, usual(1, 50));
    m_ahead->handOver();
    auto block = m_ahead->wait();
    ReceivedMessages used;
    used.push_back(block->takeMessage(0));
    const auto *const first = used.front().get();
    m_ahead->reuse(std::move(block));
    m_ahead->recycle(std::move(used));
    m_ahead->add(1, usual(2, 1));
    m_ahead->handOver();
    block = m_ahead->wait();
    const auto second = block->takeMessage(0);
    QCOMPARE(second.get(), first);
    QCOMPARE(incidentOf(*second).uuid, QStringLiteral("2"));
    QCOMPARE(incidentOf(*second).title, QStringLiteral("ü"));
}

void ReadAheadTest::learnsANewChannel()
{
    m_ahead->addChannel(QStringLiteral("nobody.knows"), &messageType<IncidentReference>, 2);
    m_ahead->add(1, QString::fromUtf8(R"({"name":"nobody.knows","data":{"uuid":"u"}})"));
    m_ahead->handOver();
    auto block = m_ahead->wait();
    const auto message = block->takeMessage(0);
    QVERIFY(message);
    QCOMPARE(message->channel(), 2);
}

void ReadAheadTest::tellsOfItsRestWhereAsked()
{
    m_ahead->add(1, usual(1));
    m_ahead->handOver();
    QVERIFY(m_ahead->wait());
    QCOMPARE(m_rests, 0);
    QVERIFY(!m_ahead->tellOfRest()); // long since
    // Whether it has finished by then is the machine's affair; what it says of it must be true.
    int told = 0;
    for (int tries = 0; told < 20 && tries < 100'000; ++tries) {
        for (int i = 0; i < 20; ++i)
            m_ahead->add(1, usual(i, 500));
        if (m_ahead->tellOfRest()) {
            ++told;
            QTRY_COMPARE(m_rests, told);
        }
        while (m_ahead->wait()) { }
        QCOMPARE(m_rests, told);
    }
    QCOMPARE(told, 20);
}

void ReadAheadTest::endsWithWorkUnderWay()
{
    for (int i = 0; i < 1'000; ++i)
        m_ahead->add(1, usual(i));
    m_ahead.reset();
}

QTEST_GUILESS_MAIN(ReadAheadTest)
#include "tst_readahead.moc"
