// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/hub_p.h"

#include <QTest>

#include <deque>
#include <rapidcheck.h>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

/// A loop whose turns are the test's.
class SteppedLoop final : public EventLoop
{
public:
    void post(std::function<void()> task) override { m_tasks.push_back(std::move(task)); }
    // Time is not the matter here: what is later comes after what is there.
    void after(std::chrono::milliseconds, std::function<void()> task) override
    {
        m_tasks.push_back(std::move(task));
    }
    bool turn()
    {
        if (m_tasks.empty())
            return false;
        const auto task = std::move(m_tasks.front());
        m_tasks.pop_front();
        task();
        return true;
    }

private:
    std::deque<std::function<void()>> m_tasks;
};

class Reader final : public Subscriber
{
public:
    void deliver(const QByteArray &frame) override
    {
        if (frame.startsWith('{'))
            heads.append(frame);
        else
            read.append(frame.toLongLong());
    }
    qint64 backlog() const override { return waiting; }

    QList<qint64> read;
    QList<QByteArray> heads;
    qint64 from = 0;
    qint64 waiting = 0;
    bool isIn = false;
};

LogEvent eventOf(qint64 sequence, const QString &room = u"room"_s)
{
    return {room, sequence, QByteArray::number(sequence)};
}

} // namespace

class HubTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesTheLoopItsTurn();
    void catchesUpWhenMuchWaits();
    void waitsForReadersInAStorm();
    void movesItsHeadOverWhatCannotBeRead();
    void tellsEachEventOnceAndInOrder();
};

void HubTest::leavesTheLoopItsTurn()
{
    SteppedLoop loop;
    Hub hub(loop);
    std::vector<Reader> readers(1'000);
    for (Reader &reader : readers)
        hub.subscribe(&reader, u"room"_s, 0);
    hub.publish({eventOf(1)});
    const auto told = [&] {
        return std::ranges::count_if(
            readers, [](const Reader &one) { return !one.read.isEmpty(); });
    };
    qsizetype before = 0;
    while (loop.turn()) {
        QVERIFY2(told() - before <= 128, qPrintable(QString::number(told() - before)));
        before = told();
    }
    QCOMPARE(told(), 1'000);
}

void HubTest::catchesUpWhenMuchWaits()
{
    SteppedLoop loop;
    Hub hub(loop);
    std::vector<Reader> readers(1'000);
    for (Reader &reader : readers)
        hub.subscribe(&reader, u"room"_s, 0);
    // Four come in each turn, a thousand times: what waits does not grow with them.
    qint64 sequence = 0;
    for (int turn = 0; turn < 1'000; ++turn) {
        for (int i = 0; i < 4; ++i)
            hub.publish({eventOf(++sequence)});
        for (int i = 0; i < 5; ++i)
            loop.turn();
    }
    const qint64 waiting = sequence - readers.front().read.size();
    QVERIFY2(waiting < 100, qPrintable(QString::number(waiting)));
    while (loop.turn()) { }
    QCOMPARE(readers.back().read.size(), sequence);
}

void HubTest::waitsForReadersInAStorm()
{
    SteppedLoop loop;
    Hub hub(loop);
    Reader reader;
    hub.subscribe(&reader, u"room"_s, 0);
    QList<LogEvent> storm;
    for (qint64 i = 1; i <= 20'000; ++i)
        storm.append({u"room"_s, i, QByteArray::number(i).leftJustified(500)});
    hub.publish(std::move(storm));
    // It takes in less than the loop's turns would send it: handed out without a pause, there would
    // be 6 MB before it in the end.
    qint64 most = 0;
    qsizetype taken = 0;
    for (int turn = 0; loop.turn(); ++turn) {
        reader.waiting = (reader.read.size() - taken) * 500;
        most = std::max(most, reader.waiting);
        if (turn % 8 == 7)
            taken = std::min<qsizetype>(taken + 400, reader.read.size());
    }
    QCOMPARE(reader.read.size(), 20'000);
    QVERIFY2(most < 5 << 20, qPrintable(QString::number(most)));
}

void HubTest::movesItsHeadOverWhatCannotBeRead()
{
    SteppedLoop loop;
    Hub hub(loop);
    Reader reader;
    hub.subscribe(&reader, u"room"_s, 0);
    hub.publish({eventOf(1), {u"room"_s, 5, {}}});
    while (loop.turn()) { }
    QCOMPARE(hub.head(u"room"_s), 5);
    // Told at once, so that nobody takes for current until the next heads what is not.
    QCOMPARE(reader.heads.size(), 1);
    QVERIFY(reader.heads.first().contains(R"("name":"room.heads","data":{"heads":{"room":5}})"));
    hub.publish({eventOf(6)});
    while (loop.turn()) { }
    QCOMPARE(reader.read, (QList<qint64>{1, 6}));
}

// People come by an inOrder() task, as sessions do, and go at any time, also between two turns of
// one event; the head that a task sees is what everybody who is in has read.
void HubTest::tellsEachEventOnceAndInOrder()
{
    const bool holds = rc::check("each event once, in order, from where one came in", [] {
        SteppedLoop loop;
        Hub hub(loop);
        std::deque<Reader> readers(300);
        qint64 sequence = 0;
        const auto isRight = [&](const Reader &reader) {
            for (qsizetype i = 0; i < reader.read.size(); ++i) {
                if (reader.read[i] != reader.from + i + 1)
                    return false;
            }
            return true;
        };
        const auto come = [&](Reader &reader, qint64 head) {
            if (reader.isIn)
                return;
            reader = {};
            reader.from = head;
            reader.isIn = true;
            hub.subscribe(&reader, u"room"_s, head);
        };
        for (Reader &reader : readers)
            come(reader, 0);
        const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
            rc::gen::pair(rc::gen::inRange(0, 10), rc::gen::inRange(0, 300)));
        for (const auto &[kind, which] : steps) {
            Reader &reader = readers[std::size_t(which)];
            if (kind < 3) {
                QList<LogEvent> events;
                for (int i = 0; i <= which % 4; ++i)
                    events.append(eventOf(++sequence));
                hub.publish(std::move(events));
            } else if (kind == 3) {
                hub.inOrder([&, head = sequence] { come(reader, head); });
            } else if (kind == 4 && reader.isIn) {
                hub.unsubscribe(&reader, u"room"_s);
                reader.isIn = false;
                RC_ASSERT(isRight(reader));
            } else if (kind == 5) {
                hub.inOrder([&] {
                    for (const Reader &one : readers) {
                        if (one.isIn)
                            RC_ASSERT(one.from + one.read.size() == hub.head(u"room"_s));
                    }
                });
            } else {
                loop.turn();
            }
        }
        while (loop.turn()) { }
        for (const Reader &reader : readers) {
            RC_ASSERT(isRight(reader));
            RC_ASSERT(!reader.isIn || reader.from + reader.read.size() == sequence);
        }
    });
    QVERIFY(holds);
}

QTEST_GUILESS_MAIN(HubTest)
#include "tst_hub.moc"
