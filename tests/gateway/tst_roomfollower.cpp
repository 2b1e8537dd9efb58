// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/roomfollower_p.h"

#include <QTest>

#include <rapidcheck.h>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

/// What several gateways write to, as numbers only.
class Histories final : public SharedLog
{
public:
    LogEvent write(const QString &room)
    {
        const qint64 sequence = ++m_extents[room].head;
        return {room, sequence, QByteArray::number(sequence)};
    }
    void forget(const QString &room, qint64 oldest)
    {
        RoomExtent &extent = m_extents[room];
        extent.oldest = std::clamp(oldest, extent.oldest, extent.head + 1);
    }
    qint64 head(const QString &room) const { return m_extents.value(room).head; }

    void connectAnew() override { }
    Expected<RoomNews> readNews(const QHash<QString, qint64> &after) override
    {
        if (isAway)
            return makeError(ErrorCode::StorageFailed, u"away"_s);
        // Others go on meanwhile.
        if (!meanwhile.isEmpty())
            write(meanwhile);
        RoomNews news;
        for (auto it = after.cbegin(); it != after.cend(); ++it) {
            const RoomExtent extent = m_extents.value(it.key());
            if (extent.head <= *it)
                continue;
            const qint64 first = std::max(*it + 1, extent.oldest);
            if (first != *it + 1)
                news.events.append({it.key(), first - 1, {}});
            for (qint64 i = first; i <= std::min(extent.head, first + most - 1); ++i)
                news.events.append({it.key(), i, QByteArray::number(i)});
            news.isMore = news.isMore || extent.head >= first + most;
        }
        return news;
    }

    Expected<QList<PresenceData>> exchangePresence(
        const std::optional<QList<PresenceData>> &) override
    {
        return QList<PresenceData>();
    }

    bool isAway = false;
    QString meanwhile;
    qint64 most = 1000;

private:
    QHash<QString, RoomExtent> m_extents;
};

/// What is handed out to those who are in the rooms.
class Audience
{
public:
    void come(const QString &room, qint64 head) { m_readers[room].append(head); }
    void handOut(const Expected<RoomNews> &news)
    {
        if (!news)
            return;
        for (const LogEvent &event : news->events) {
            for (qint64 &head : m_readers[event.room]) {
                const bool isHole = event.frame.isEmpty() && event.sequence > head;
                if (!isHole && event.sequence != head + 1)
                    mistakes.append(u"%1 after %2"_s.arg(event.sequence).arg(head));
                head = event.sequence;
            }
        }
    }
    bool knows(const QString &room, qint64 head) const
    {
        return std::ranges::all_of(
            m_readers.value(room), [&](qint64 reader) { return reader == head; });
    }

    QStringList mistakes;

private:
    QHash<QString, QList<qint64>> m_readers;
};

} // namespace

/// What is handed out of a log that others write too.
class RoomFollowerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void leavesOutRoomsInWhichNobodyIs();
    void keepsARoomIntoWhichSomebodyCame();
    void keepsARoomOfTheNextHistory();
    void handsOutEachEventOnceAndInOrder();
};

void RoomFollowerTest::leavesOutRoomsInWhichNobodyIs()
{
    Histories log;
    RoomFollower follower;
    QVERIFY(follower.arrange(log, {log.write(u"r"_s)})->events.isEmpty());
    QVERIFY(follower.follow(log, u"r"_s, 1)->events.isEmpty());
    QCOMPARE(follower.arrange(log, {log.write(u"r"_s), log.write(u"q"_s)})->events.size(), 1);
    follower.leave(follower.rooms());
    QVERIFY(follower.arrange(log, {log.write(u"r"_s)})->events.isEmpty());
}

void RoomFollowerTest::keepsARoomIntoWhichSomebodyCame()
{
    Histories log;
    RoomFollower follower;
    QVERIFY(follower.follow(log, u"r"_s, 0));
    const auto seen = follower.rooms();
    QVERIFY(follower.follow(log, u"r"_s, 0));
    follower.leave(seen);
    log.write(u"r"_s);
    QCOMPARE(follower.catchUp(log)->events.size(), 1);
}

void RoomFollowerTest::keepsARoomOfTheNextHistory()
{
    Histories log;
    RoomFollower follower;
    QVERIFY(follower.follow(log, u"r"_s, 0));
    const auto seen = follower.rooms();
    follower.clear();
    QVERIFY(follower.follow(log, u"r"_s, 0));
    // Who looked saw it empty, and it was; but the room of before.
    follower.leave(seen);
    log.write(u"r"_s);
    QCOMPARE(follower.catchUp(log)->events.size(), 1);
}

void RoomFollowerTest::handsOutEachEventOnceAndInOrder()
{
    const bool held = rc::check("any order of what is written here, there, and asked for", [] {
        const auto steps = *rc::gen::container<std::vector<std::uint8_t>>(
            rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint8_t>()));
        Histories log;
        log.most = 3;
        RoomFollower follower;
        Audience audience;
        for (const std::uint8_t step : steps) {
            const QString room = step % 2 ? u"r"_s : u"q"_s;
            log.isAway = step / 2 % 16 == 0;
            log.meanwhile = step / 2 % 3 == 0 ? room : QString();
            switch (step / 2 % 5) {
            case 0: log.write(room); break;
            case 1: {
                QList<LogEvent> own{log.write(room), log.write(u"r"_s), log.write(room)};
                // Others may have been quicker with what follows.
                if (step > 128)
                    log.write(room);
                audience.handOut(follower.arrange(log, own));
                break;
            }
            case 2: audience.handOut(follower.catchUp(log)); break;
            case 3: log.forget(room, log.head(room) - step % 4); break;
            default: {
                const qint64 head = log.head(room);
                const auto due = follower.follow(log, room, head);
                audience.handOut(due);
                if (due)
                    audience.come(room, head);
                break;
            }
            }
            RC_ASSERT(audience.mistakes == QStringList());
        }
        log.isAway = false;
        log.meanwhile.clear();
        for (auto news = follower.catchUp(log); !news->events.isEmpty();
            news = follower.catchUp(log))
            audience.handOut(news);
        RC_ASSERT(audience.mistakes == QStringList());
        RC_ASSERT(audience.knows(u"r"_s, log.head(u"r"_s)));
        RC_ASSERT(audience.knows(u"q"_s, log.head(u"q"_s)));
    });
    QVERIFY(held);
}

QTEST_GUILESS_MAIN(RoomFollowerTest)
#include "tst_roomfollower.moc"
