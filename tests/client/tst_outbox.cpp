// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/outbox.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;

class OutboxTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keepsOrderWithinItsBounds();
    void refusesMoreFramesThanItHolds();
};

void OutboxTest::keepsOrderWithinItsBounds()
{
    const bool held = rc::check("what is taken is what was accepted, in order", [] {
        Outbox outbox;
        std::deque<QByteArray> expected;
        qsizetype bytes = 0;
        for (const int size : *rc::gen::container<std::vector<int>>(
                 rc::gen::element(0, 1, 100, 1'000'000, 9'000'000))) {
            const QByteArray frame(size, char('a' + expected.size() % 26));
            const bool fits = bytes + size <= Outbox::maximumBytes;
            RC_ASSERT(outbox.push(frame) == fits);
            if (fits) {
                expected.push_back(frame);
                bytes += size;
            }
            if (expected.size() % 5 == 4) {
                RC_ASSERT(outbox.take() == expected);
                expected.clear();
                bytes = 0;
            }
        }
        RC_ASSERT(outbox.size() == expected.size());
        RC_ASSERT(outbox.take() == expected);
        RC_ASSERT(outbox.size() == 0U);
    });
    QVERIFY(held);
}

void OutboxTest::refusesMoreFramesThanItHolds()
{
    Outbox outbox;
    for (std::size_t i = 0; i < Outbox::maximumFrames; ++i)
        QVERIFY(outbox.push("x"));
    QVERIFY(!outbox.push("x"));
    outbox.clear();
    QVERIFY(outbox.push("x"));
}

QTEST_GUILESS_MAIN(OutboxTest)
#include "tst_outbox.moc"
