// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "logwriterfixture.h"

#include <QTest>

#include <atomic>
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
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }

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

/// One on a disk that is full for a while.
class FullLog final : public FakeLog
{
public:
    explicit FullLog(std::shared_ptr<std::atomic<bool>> isFull)
        : m_isFull(std::move(isFull))
    {
    }
    Expected<RoomExtent> extent(const QString &) override { return RoomExtent(); }
    Expected<QList<QByteArray>> readSince(const QString &, qint64) override
    {
        return QList<QByteArray>();
    }
    Expected<RoomState> state(const QString &) override { return RoomState(); }
    Expected<std::optional<StoredIncident>> latest(const QString &, const QString &) override
    {
        return std::optional<StoredIncident>();
    }
    Expected<QList<LogEvent>> append(const LogBatch &) override
    {
        if (*m_isFull)
            return makeError(ErrorCode::StorageFailed, u"full"_s);
        return QList<LogEvent>();
    }
    Expected<void> probe() override
    {
        if (*m_isFull)
            return makeError(ErrorCode::StorageFailed, u"full"_s);
        return {};
    }
    Expected<Pruning> prune(const PruneLimits &) override { return Pruning(); }

private:
    std::shared_ptr<std::atomic<bool>> m_isFull;
};

} // namespace

class LogWriterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isCurrentOnceAllRoomsAreRead();
    void tellsWhatAPruningTells();
    void turnsWhileItFoldsAPostOfMany();
    void isNotCurrentWhileNothingCanBeWritten();
    void saysSinceWhenAListMayLackSomething();
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

// What is refused meanwhile is on no screen: none may say that it shows all.
void LogWriterTest::isNotCurrentWhileNothingCanBeWritten()
{
    const auto isFull = std::make_shared<std::atomic<bool>>(true);
    const auto writer = startOn(std::make_unique<FullLog>(isFull));
    QVERIFY(writer);
    QVERIFY(writer->isCurrent());
    const auto post = [&] {
        std::promise<bool> answered;
        writer->post([]() -> Expected<LogWriter::Post> { return onePost(); },
            [&answered](const Expected<int> &done) { answered.set_value(done.has_value()); });
        return answered.get_future().get();
    };
    const auto join = [&] {
        std::promise<std::optional<ErrorCode>> answered;
        writer->join(u"r"_s, {}, [&answered](const Expected<JoinAnswer> &answer) {
            answered.set_value(answer ? std::nullopt : std::optional(answer.error().code));
        });
        return answered.get_future().get();
    };
    QCOMPARE(join(), std::nullopt);
    QVERIFY(!post());
    QVERIFY(!writer->isCurrent());
    QCOMPARE(join(), std::optional(ErrorCode::Unavailable));
    *isFull = false;
    // Whoever asks finds that it works again.
    QCOMPARE(join(), std::nullopt);
    QVERIFY(writer->isCurrent());
    QVERIFY(post());
}

void LogWriterTest::saysSinceWhenAListMayLackSomething()
{
    const auto isFull = std::make_shared<std::atomic<bool>>(false);
    const auto writer = startOn(std::make_unique<FullLog>(isFull));
    QVERIFY(writer);
    const auto read = [&] {
        std::promise<QByteArray> answered;
        writer->readRoom(u"r"_s, [&answered](const Expected<QByteArray> &json) {
            answered.set_value(json.value_or(QByteArray()));
        });
        return answered.get_future().get();
    };
    const auto post = [&] {
        std::promise<bool> answered;
        writer->post([]() -> Expected<LogWriter::Post> { return onePost(); },
            [&answered](const Expected<int> &done) { answered.set_value(done.has_value()); });
        return answered.get_future().get();
    };
    const QByteArray whole = R"({"epoch":"e","seq":0,"incidents":[],"monitors":[]})";
    QCOMPARE(read(), whole);
    *isFull = true;
    const qint64 begin = toMilliseconds(timestampNow());
    QVERIFY(!post());
    const qint64 end = toMilliseconds(timestampNow());
    QVERIFY(!post());
    QByteArray lacking = read();
    QVERIFY2(lacking.startsWith(whole.chopped(1) + R"(,"incompleteSince":)"), lacking.constData());
    lacking.remove(0, lacking.lastIndexOf(':') + 1).chop(1);
    QCOMPARE_GE(lacking.toLongLong(), begin);
    QCOMPARE_LE(lacking.toLongLong(), end);
    *isFull = false;
    QCOMPARE(read(), whole);
    QVERIFY(post());
}

QTEST_GUILESS_MAIN(LogWriterTest)
#include "tst_logwriter.moc"
