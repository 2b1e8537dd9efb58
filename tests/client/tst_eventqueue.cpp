// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/clienteventqueue_p.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTest>

#include <future>
#include <thread>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

/// What the queue holds before a push has to wait.
constexpr std::size_t mostMessages = 16'384;
constexpr qsizetype largestSize = 32 * 1024 * 1024;
/// For what has to come; fails the test instead of hanging it.
constexpr auto longWait = 60s;
/// For what must not come: enough for a queue without bound to show itself.
constexpr int shortWait = 100;

ClientEvent eventOf(CommandSerial serial)
{
    return {serial, 0, ClientEvent::RefreshNeeded{}};
}

ClientEvent batchOf(CommandSerial serial, std::size_t messages, qsizetype size = 200)
{
    ClientEvent::Received received;
    for (std::size_t i = 0; i < messages; ++i) {
        received.messages.push_back(std::make_unique<ReceivedMessage>());
        received.messages.back()->size = size;
        received.size += size;
    }
    return {serial, 0, std::move(received)};
}

void push(ClientEventQueue &queue, ClientEvent event)
{
    std::vector<ClientEvent> events;
    events.push_back(std::move(event));
    queue.push(events);
}

/// A push in a thread of its own.
std::future<void> pushElsewhere(ClientEventQueue &queue, ClientEvent event)
{
    return std::async(std::launch::async,
        [&queue, moved = std::move(event)]() mutable { push(queue, std::move(moved)); });
}

std::vector<CommandSerial> serialsOf(const std::deque<ClientEvent> &events)
{
    std::vector<CommandSerial> serials;
    serials.reserve(events.size());
    for (const ClientEvent &event : events)
        serials.push_back(event.serial);
    return serials;
}

bool isDone(const std::future<void> &future, std::chrono::milliseconds within)
{
    return future.wait_for(within) == std::future_status::ready;
}

} // namespace

class EventQueueTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wakesOnceForAllThatWaits();
    void doesNotWakeForNothing();
    void keepsTheOrderBetweenTwoThreads();
    void waitsWhileFull_data();
    void waitsWhileFull();
    void neverHoldsMoreThanItMay();
    void takesOneBatchHoweverLarge();
    void freesAWaitingPushWhenClosed();
    void restsNoLongerThanItIsLeftAlone();
    void givesUsedMessagesBack();
};

void EventQueueTest::wakesOnceForAllThatWaits()
{
    int wakes = 0;
    ClientEventQueue queue([&wakes] { ++wakes; });
    std::deque<ClientEvent> taken;
    push(queue, eventOf(1));
    QCOMPARE(wakes, 1);
    push(queue, eventOf(2));
    push(queue, batchOf(3, 10));
    QCOMPARE(wakes, 1);
    queue.take(taken);
    QCOMPARE(serialsOf(taken), (std::vector<CommandSerial>{1, 2, 3}));
    queue.take(taken); // appends, and there is nothing
    QCOMPARE(taken.size(), 3U);
    QCOMPARE(wakes, 1);
    push(queue, eventOf(4));
    QCOMPARE(wakes, 2);
    queue.take(taken);
    QCOMPARE(serialsOf(taken), (std::vector<CommandSerial>{1, 2, 3, 4}));
}

void EventQueueTest::doesNotWakeForNothing()
{
    int wakes = 0;
    ClientEventQueue queue([&wakes] { ++wakes; });
    std::vector<ClientEvent> nothing;
    queue.push(nothing);
    QCOMPARE(wakes, 0);
}

void EventQueueTest::keepsTheOrderBetweenTwoThreads()
{
    constexpr CommandSerial events = 100'000;
    QSemaphore wakes;
    ClientEventQueue queue([&wakes] { wakes.release(); });
    std::jthread sender([&queue] {
        std::vector<ClientEvent> together;
        for (CommandSerial serial = 1; serial <= events; ++serial) {
            together.push_back(eventOf(serial));
            if (serial % 7 == 0 || serial % 31 == 0 || serial == events)
                queue.push(together);
        }
    });
    CommandSerial last = 0;
    while (last < events) {
        QVERIFY(wakes.tryAcquire(1, int(std::chrono::milliseconds(longWait).count())));
        std::deque<ClientEvent> taken;
        queue.take(taken);
        // A wake-up for nothing would be one too many, and one too few would leave us waiting.
        QVERIFY(!taken.empty());
        for (const ClientEvent &event : taken)
            QCOMPARE(event.serial, ++last);
    }
    sender.join();
    QCOMPARE(wakes.available(), 0);
}

void EventQueueTest::waitsWhileFull_data()
{
    QTest::addColumn<std::size_t>("messages");
    QTest::addColumn<qsizetype>("size");
    QTest::newRow("of messages") << mostMessages << qsizetype(200);
    QTest::newRow("of text") << std::size_t(1) << largestSize;
}

void EventQueueTest::waitsWhileFull()
{
    QFETCH(std::size_t, messages);
    QFETCH(qsizetype, size);
    ClientEventQueue queue([] { });
    push(queue, batchOf(1, messages, size));
    // What has no messages waits as well: it must not overtake them.
    auto second = pushElsewhere(queue, eventOf(2));
    QVERIFY(!isDone(second, std::chrono::milliseconds(shortWait)));

    std::deque<ClientEvent> taken;
    queue.take(taken);
    QCOMPARE(serialsOf(taken), std::vector<CommandSerial>{1});
    QVERIFY(isDone(second, longWait));
    queue.take(taken);
    QCOMPARE(serialsOf(taken), (std::vector<CommandSerial>{1, 2}));
}

void EventQueueTest::neverHoldsMoreThanItMay()
{
    constexpr std::size_t batch = 2'048;
    constexpr CommandSerial batches = 100;
    QSemaphore wakes;
    ClientEventQueue queue([&wakes] { wakes.release(); });
    std::jthread sender([&queue] {
        for (CommandSerial serial = 1; serial <= batches; ++serial)
            push(queue, batchOf(serial, batch));
    });
    CommandSerial last = 0;
    while (last < batches) {
        QVERIFY(wakes.tryAcquire(1, int(std::chrono::milliseconds(longWait).count())));
        std::deque<ClientEvent> taken;
        queue.take(taken);
        // Full at the bound, and the batch that found it one below was still let in.
        QVERIFY(taken.size() * batch <= mostMessages - 1 + batch);
        for (const ClientEvent &event : taken)
            QCOMPARE(event.serial, ++last);
    }
}

// Otherwise a message larger than the bound would never come through.
void EventQueueTest::takesOneBatchHoweverLarge()
{
    ClientEventQueue queue([] { });
    auto large = pushElsewhere(queue, batchOf(1, 2 * mostMessages, 2 * largestSize));
    QVERIFY(isDone(large, longWait));
    std::deque<ClientEvent> taken;
    queue.take(taken);
    QCOMPARE(std::get<ClientEvent::Received>(taken.front().body).messages.size(), 2 * mostMessages);
}

void EventQueueTest::freesAWaitingPushWhenClosed()
{
    ClientEventQueue queue([] { });
    push(queue, batchOf(1, mostMessages));
    auto waiting = pushElsewhere(queue, eventOf(2));
    QVERIFY(!isDone(waiting, std::chrono::milliseconds(shortWait)));
    queue.close();
    QVERIFY(isDone(waiting, longWait));
    // And from then on nothing waits, full or not.
    auto next = pushElsewhere(queue, batchOf(3, mostMessages));
    QVERIFY(isDone(next, longWait));
    auto rest = std::async(std::launch::async, [&queue] { queue.rest(1h); });
    QVERIFY(isDone(rest, longWait));
}

void EventQueueTest::restsNoLongerThanItIsLeftAlone()
{
    ClientEventQueue queue([] { });
    QElapsedTimer timer;
    timer.start();
    queue.rest(20ms);
    QVERIFY(timer.elapsed() >= 20);

    const auto restElsewhere
        = [&queue] { return std::async(std::launch::async, [&queue] { queue.rest(1h); }); };
    auto interrupted = restElsewhere();
    QVERIFY(!isDone(interrupted, std::chrono::milliseconds(shortWait)));
    queue.interruptRest();
    QVERIFY(isDone(interrupted, longWait));
    // Who interrupts just before the rest begins means that one, and no later one.
    queue.interruptRest();
    auto before = restElsewhere();
    QVERIFY(isDone(before, longWait));
    auto later = restElsewhere();
    QVERIFY(!isDone(later, std::chrono::milliseconds(shortWait)));
    queue.close();
    QVERIFY(isDone(later, longWait));
}

void EventQueueTest::givesUsedMessagesBack()
{
    ClientEventQueue queue([] { });
    ReceivedMessages used;
    std::vector<const ReceivedMessage *> expected;
    for (int round = 0; round < 2; ++round) {
        for (int i = 0; i < 3; ++i) {
            used.push_back(std::make_unique<ReceivedMessage>());
            expected.push_back(used.back().get());
        }
        queue.giveBack(used);
        QVERIFY(used.empty());
    }
    std::vector<const ReceivedMessage *> found;
    const ReceivedMessages taken = queue.takeUsed();
    for (const auto &message : taken)
        found.push_back(message.get());
    QCOMPARE(found, expected);
    QVERIFY(queue.takeUsed().empty());
}

QTEST_GUILESS_MAIN(EventQueueTest)
#include "tst_eventqueue.moc"
