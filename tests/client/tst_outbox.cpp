// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/outbox.h"

#include <QTest>

#include <rapidcheck.h>

#include <algorithm>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {

/// What an outbox promises, told in the plainest way: one list, searched through each time.
class Model
{
public:
    explicit Model(const OutboxOptions &options)
        : m_options(options)
    {
    }

    struct Pushed {
        bool accepted = true;
        std::vector<OutgoingMessage> dropped;
    };
    Pushed push(OutgoingMessage message, MonotonicTime now)
    {
        if (!message.expiresAt && message.requestId == 0 && m_options.timeToLive)
            message.expiresAt = now + *m_options.timeToLive;
        Pushed pushed;
        const auto fits = [&] {
            return waiting.size() < m_options.maximumMessages
                && bytes() + message.size() <= m_options.maximumBytes;
        };
        if (message.size() > m_options.maximumBytes || m_options.maximumMessages == 0)
            return {.accepted = false, .dropped = {}};
        if (!fits())
            expire(now);
        while (!fits()) {
            if (m_options.whenFull == WhenFull::RefuseNewest)
                return {.accepted = false, .dropped = {}};
            pushed.dropped.push_back(waiting.front());
            waiting.erase(waiting.begin());
        }
        waiting.push_back(message);
        return pushed;
    }
    void expire(MonotonicTime now)
    {
        expired += std::erase_if(waiting, [&](const OutgoingMessage &message) {
            return message.expiresAt && *message.expiresAt <= now;
        });
    }
    [[nodiscard]] qsizetype bytes() const
    {
        qsizetype sum = 0;
        for (const OutgoingMessage &message : waiting)
            sum += message.size();
        return sum;
    }

    std::vector<OutgoingMessage> waiting;
    std::size_t expired = 0;

private:
    OutboxOptions m_options;
};

OutgoingMessage message(const QByteArray &text)
{
    return {.text = text};
}

QList<QByteArray> texts(const Outbox::Taken &taken)
{
    QList<QByteArray> list;
    for (const OutgoingMessage &one : taken.messages)
        list.append(one.text);
    return list;
}

const MonotonicTime start{};

} // namespace

class OutboxTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doesWhatItsModelDoes();
    void refusesTheNewest();
    void letsTheOldestGiveWay();
    void dropsNothingForWhatCanNeverFit();
    void reportsWhatExpired();
    void keepsNothingThatExpiredInTheWayOfWhatHasNot();
    void countsAnAttachmentsBytes();
    void takesRequestsOut();
};

void OutboxTest::doesWhatItsModelDoes()
{
    std::size_t steps = 0;
    const bool held = rc::check("an outbox does what its model does", [&] {
        OutboxOptions options{
            .maximumMessages = std::size_t(*rc::gen::inRange(0, 7)),
            .maximumBytes = *rc::gen::inRange(0, 60),
            .whenFull = *rc::gen::element(WhenFull::RefuseNewest, WhenFull::DropOldest),
        };
        if (*rc::gen::arbitrary<bool>())
            options.timeToLive = std::chrono::milliseconds(*rc::gen::inRange(0, 30));
        Outbox outbox(options);
        Model model(options);
        MonotonicTime now = start;
        qint64 number = 0;
        // Each number is one step: its remainders say which, and with what.
        for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1 << 24))) {
            ++steps;
            const int what = step % 16;
            const int how = step / 16;
            now += std::chrono::milliseconds(how % 8);
            if (what < 11) {
                OutgoingMessage next{
                    .text = QByteArray::number(++number).leftJustified(how / 8 % 20, ' ')};
                if (what == 0)
                    next.attachment = QByteArray(how / 256 % 30, 'b');
                if (what == 1 || what == 2)
                    next.requestId = how / 256 % 5 + 1;
                if (what > 7)
                    next.expiresAt = now + std::chrono::milliseconds(how / 256 % 40 - 5);
                const auto pushed = outbox.push(next, now);
                const auto expected = model.push(next, now);
                RC_ASSERT(pushed.accepted == expected.accepted);
                RC_ASSERT(pushed.dropped == expected.dropped);
            } else if (what == 11) {
                const QSet<qint64> requests{how % 5 + 1, how / 8 % 5 + 1};
                outbox.remove(requests);
                std::erase_if(model.waiting,
                    [&](const auto &one) { return requests.contains(one.requestId); });
            } else if (what == 12) {
                outbox.clear();
                model.waiting.clear();
                model.expired = 0;
            } else if (what == 13) {
                const auto taken = outbox.take(now);
                model.expire(now);
                RC_ASSERT(std::ranges::equal(taken.messages, model.waiting));
                RC_ASSERT(taken.expired == qint64(model.expired));
                model.waiting.clear();
                model.expired = 0;
            }
            RC_ASSERT(outbox.size() == model.waiting.size());
            RC_ASSERT(outbox.bytes() == model.bytes());
            RC_ASSERT(outbox.size() <= options.maximumMessages);
            RC_ASSERT(outbox.bytes() <= options.maximumBytes);
        }
    });
    QVERIFY(held);
    qInfo("%zu steps", steps);
}

void OutboxTest::refusesTheNewest()
{
    Outbox outbox({.maximumMessages = 2});
    QVERIFY(outbox.push(message("1"), start).accepted);
    QVERIFY(outbox.push(message("2"), start).accepted);
    QVERIFY(!outbox.push(message("3"), start).accepted);
    QCOMPARE(texts(outbox.take(start)), (QList<QByteArray>{"1", "2"}));
    QVERIFY(outbox.push(message("4"), start).accepted);
}

void OutboxTest::letsTheOldestGiveWay()
{
    Outbox outbox({.maximumBytes = 4, .whenFull = WhenFull::DropOldest});
    QVERIFY(outbox.push(message("1"), start).accepted);
    QVERIFY(outbox.push(message("2"), start).accepted);
    QVERIFY(outbox.push(message("3"), start).accepted);
    const auto pushed = outbox.push(message("456"), start);
    QVERIFY(pushed.accepted);
    QCOMPARE(pushed.dropped.size(), 2U);
    QCOMPARE(pushed.dropped[0].text, QByteArray("1"));
    QCOMPARE(texts(outbox.take(start)), (QList<QByteArray>{"3", "456"}));
}

void OutboxTest::dropsNothingForWhatCanNeverFit()
{
    Outbox outbox({.maximumBytes = 4, .whenFull = WhenFull::DropOldest});
    QVERIFY(outbox.push(message("1"), start).accepted);
    const auto pushed = outbox.push(message("12345"), start);
    QVERIFY(!pushed.accepted);
    QVERIFY(pushed.dropped.empty());
    QCOMPARE(texts(outbox.take(start)), (QList<QByteArray>{"1"}));
}

void OutboxTest::reportsWhatExpired()
{
    Outbox outbox({.timeToLive = 10ms});
    QVERIFY(outbox.push(message("default"), start).accepted);
    QVERIFY(outbox.push({.text = "own", .expiresAt = start + 20ms}, start).accepted);
    // A request's time-out is the pending requests' business.
    QVERIFY(outbox.push({.text = "request", .requestId = 1}, start).accepted);
    const auto taken = outbox.take(start + 10ms);
    QCOMPARE(taken.expired, 1);
    QCOMPARE(texts(taken), (QList<QByteArray>{"own", "request"}));
    QCOMPARE(outbox.take(start + 1h).expired, 0);
}

void OutboxTest::keepsNothingThatExpiredInTheWayOfWhatHasNot()
{
    Outbox outbox({.maximumMessages = 2});
    QVERIFY(outbox.push({.text = "old", .expiresAt = start + 1ms}, start).accepted);
    QVERIFY(outbox.push(message("1"), start).accepted);
    QVERIFY(!outbox.push(message("2"), start).accepted);
    QVERIFY(outbox.push(message("2"), start + 1ms).accepted);
    const auto taken = outbox.take(start + 1ms);
    QCOMPARE(texts(taken), (QList<QByteArray>{"1", "2"}));
    QCOMPARE(taken.expired, 1);
}

void OutboxTest::countsAnAttachmentsBytes()
{
    Outbox outbox({.maximumBytes = 10});
    QVERIFY(!outbox.push({.text = "abc", .attachment = QByteArray(8, 'x')}, start).accepted);
    QVERIFY(outbox.push({.text = "abc", .attachment = QByteArray(7, 'x')}, start).accepted);
    QVERIFY(!outbox.push(message("a"), start).accepted);
}

void OutboxTest::takesRequestsOut()
{
    Outbox outbox;
    QVERIFY(outbox.push(message("plain"), start).accepted);
    QVERIFY(outbox.push({.text = "a", .requestId = 1}, start).accepted);
    QVERIFY(outbox.push({.text = "b", .requestId = 2}, start).accepted);
    outbox.remove({1, 7});
    QCOMPARE(texts(outbox.take(start)), (QList<QByteArray>{"plain", "b"}));
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
