// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "fakelog.h"
#include "gateway/logwriter_p.h"

#include <QTest>

#include <future>
#include <mutex>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

/// Rooms that others write as well.
class OthersLog final : public FakeLog, public SharedLog
{
public:
    SharedLog *shared() override { return this; }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }

    void connectAnew() override { }
    Expected<RoomNews> readNews(const QHash<QString, qint64> &) override
    {
        RoomNews news;
        news.isMore = looks++ == 0;
        return news;
    }
    Expected<QList<PresenceData>> exchangePresence(
        const std::optional<QList<PresenceData>> &) override
    {
        return QList<PresenceData>();
    }

    std::atomic<int> looks = 0;
};

/// One that has something to tell when it is pruned.
class ForgetfulLog final : public FakeLog
{
public:
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }
    Expected<Pruning> prune(const PruneLimits &limits) override
    {
        return Pruning{
            .events = {{u"r"_s, ++m_head, QByteArray::number(toMilliseconds(limits.now))}},
            .isMore = m_head < 3};
    }

private:
    qint64 m_head = 0;
};

/// One that knows nothing, and takes all that it is given.
class EmptyLog final : public FakeLog
{
public:
    Expected<std::optional<StoredIncident>> latest(const QString &, const QString &) override
    {
        return std::optional<StoredIncident>();
    }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }
    Expected<QList<LogEvent>> append(const LogBatch &) override { return QList<LogEvent>(); }
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }
};

} // namespace

class LogWriterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isCurrentOnceAllRoomsAreRead();
    void tellsWhatAPruningTells();
    void turnsWhileItFoldsAPostOfMany();
};

void LogWriterTest::isCurrentOnceAllRoomsAreRead()
{
    GatewayMetrics metrics;
    Logbook logbook;
    OthersLog *log = nullptr;
    const auto writer = LogWriter::start(
        [&log]() -> Expected<std::unique_ptr<IncidentLog>> {
            auto opened = std::make_unique<OthersLog>();
            log = opened.get();
            return opened;
        },
        [](const QList<LogEvent> &) {}, [] {}, {1h, 1h}, metrics, logbook);
    QVERIFY(writer);
    const auto join = [&writer](const QString &room) {
        std::promise<bool> answered;
        (*writer)->join(room, {},
            [&answered](const Expected<JoinAnswer> &told) { answered.set_value(bool(told)); });
        return answered.get_future().get();
    };
    QVERIFY(join(u"a"_s));
    // One room says nothing of the others.
    QVERIFY(!(*writer)->isCurrent());
    (*writer)->follow();
    QTRY_VERIFY((*writer)->isCurrent());
    // The first look did not see all.
    QVERIFY(log->looks >= 2);
}

void LogWriterTest::tellsWhatAPruningTells()
{
    GatewayMetrics metrics;
    Logbook logbook;
    std::mutex mutex;
    QList<LogEvent> told;
    const Timestamp begin = timestampNow();
    auto writer = LogWriter::start(
        []() -> Expected<std::unique_ptr<IncidentLog>> { return std::make_unique<ForgetfulLog>(); },
        [&](const QList<LogEvent> &events) {
            const std::lock_guard lock(mutex);
            told += events;
        },
        [] {}, {1h, 1h}, metrics, logbook);
    QVERIFY(writer);
    const auto count = [&] {
        const std::lock_guard lock(mutex);
        return told.size();
    };
    QTRY_COMPARE(count(), 3);
    writer->reset();
    for (qsizetype i = 0; i < told.size(); ++i) {
        QCOMPARE(told[i].sequence, i + 1);
        const Timestamp at = timestampFromMilliseconds(told[i].frame.toLongLong());
        QVERIFY(at >= begin && at <= timestampNow());
    }
}

void LogWriterTest::turnsWhileItFoldsAPostOfMany()
{
    GatewayMetrics metrics;
    Logbook logbook;
    auto writer = LogWriter::start(
        []() -> Expected<std::unique_ptr<IncidentLog>> { return std::make_unique<EmptyLog>(); },
        [](const QList<LogEvent> &) {}, [] {}, {1h, 1h}, metrics, logbook);
    QVERIFY(writer);
    LogWriter::Post post;
    for (int i = 0; i < 20'000; ++i) {
        post.reports.append({.source = u"s"_s, .fingerprint = QString::number(i), .title = u"t"_s});
    }
    const quint64 before = (*writer)->turns();
    std::promise<Expected<int>> answered;
    (*writer)->post([&post]() -> Expected<LogWriter::Post> { return post; },
        [&answered](const Expected<int> &accepted) { answered.set_value(accepted); });
    QCOMPARE(answered.get_future().get(), Expected<int>(20'000));
    // That of the post, those of what turns() asks, and more.
    QVERIFY((*writer)->turns() - before >= 10);
}

QTEST_GUILESS_MAIN(LogWriterTest)
#include "tst_logwriter.moc"
