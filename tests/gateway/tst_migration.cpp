// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logmigration.h"

#include "gateway/gateway.h"
#include "gateway/sqliteincidentlog.h"
#include "logwrites.h"
#include "redisserver.h"

#include <QFile>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const QStringList rooms{u"r"_s, u"q"_s, u"empty"_s};
// More than are handed on at once.
constexpr int incidents = 140;

void require(const Expected<QList<LogEvent>> &written)
{
    QVERIFY2(written, qPrintable(written ? QString() : written.error().message));
}

void add(LogBatch &batch, const LogBatch &more)
{
    batch.incidents += more.incidents;
    batch.events += more.events;
    batch.timeline += more.timeline;
}

/// Something of everything that a log can hold. In few commits: each waits for the disk.
void fill(IncidentLog &log)
{
    // Two incidents of each identity, of which the first is over.
    LogBatch first;
    LogBatch over;
    LogBatch second;
    for (int i = 0; i < incidents; ++i) {
        const QString uuid = u"uuid-%1"_s.arg(i);
        StoredIncident stored
            = incident(uuid, u"f%1"_s.arg(i / 2), i % 3 ? rooms.first(1) : rooms.first(2));
        stored.incident.title = u"Tïtle \"%1\"\n☎"_s.arg(i);
        add(i % 2 ? second : first, write(stored));
        add(i % 2 ? second : first, remark(uuid, u"Looked at %1"_s.arg(i)));
        (i % 2 ? second : first).timeline.last().entry.id = u"id-%1"_s.arg(i);
        if (i % 2 == 0)
            add(over, write(resolved(stored)));
    }
    // More than is kept of one: the first are gone.
    for (int i = 0; i < 510; ++i)
        add(second, remark(u"uuid-1"_s, QString::number(i)));
    for (const LogBatch &batch : {first, over, second})
        require(log.append(batch));
    require(log.append(monitor(u"m1"_s, MonitorState::Down, 5)));
    require(log.append(monitor(u"m2"_s, MonitorState::Up, 6)));
    require(log.append({.incidents = {}, .events = {}, .heard = {{u"prometheus"_s, now + 7s}}}));
}

/// All that a log says, but for its epoch.
QStringList all(IncidentLog &log)
{
    QStringList said;
    const auto text = [](const QByteArray &bytes) { return QString::fromUtf8(bytes); };
    const auto tellIncident = [&](const std::optional<StoredIncident> &stored) {
        if (!stored)
            return said.append(u"no such incident"_s);
        said.append(text(encode(stored->incident)) + stored->fingerprint
            + QString::number(toMilliseconds(stored->startsAt)) + stored->rooms.join(u','));
    };
    for (const QString &room : rooms) {
        const RoomExtent extent = log.extent(room).value();
        said.append(u"%1: %2 to %3"_s.arg(room).arg(extent.oldest).arg(extent.head));
        const auto frames = log.readSince(room, extent.oldest - 1).value();
        for (const QByteArray &frame : frames)
            said.append(text(frame));
        const RoomState state = log.state(room).value();
        said.append(QString::number(state.seq));
        const auto shown = state.incidents + state.monitors;
        for (const QByteArray &json : shown)
            said.append(text(json));
    }
    for (int i = 0; i < incidents + 1; ++i) {
        const QString uuid = u"uuid-%1"_s.arg(i);
        tellIncident(log.find(uuid).value());
        const StoredTimeline timeline = log.timeline(uuid).value();
        for (const TimelineEntry &entry : timeline.entries)
            said.append(text(encode(entry)));
        said.append(timeline.complete ? u"complete"_s : u"cut"_s);
        tellIncident(log.latest(u"s"_s, u"f%1"_s.arg(i)).value());
    }
    QStringList open;
    const auto openNow = log.openIncidents(u"s"_s).value();
    for (const OpenIncident &incident : openNow)
        open.append(incident.fingerprint + incident.uuid + QString::number(incident.version));
    open.sort();
    said += open;
    const RoomCounts counts = log.activity(rooms, now - 24h).value();
    for (const ActivityQuarter &quarter : counts.quarters)
        said.append(text(encode(quarter)));
    const auto heard = log.lastHeard(u"prometheus"_s).value();
    said.append(heard ? QString::number(toMilliseconds(*heard)) : u"never"_s);
    return said;
}

} // namespace

/// A log that moves between a file and Redis.
class MigrationTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void movesEverythingThereAndBack();
    void goesOnBehindWhatWasMoved();
    void givesTheOldLogANewEpoch();
    void beginsOverWhatWasBrokenOff();
    void knowsWhatItHasMoved();
    void refusesADestinationThatHoldsSomething();
    void refusesWhatAGatewayHasOpen();
    void noticesWritingMeanwhile();
    void noticesACopyThatIsNotTheSame();
    void leavesOtherKeysAlone();
    void refusesPlaces_data();
    void refusesPlaces();

private:
    QString data(const QString &name = u"data"_s) const { return m_directory->filePath(name); }
    LogPlace file(const QString &name = u"data"_s) const { return SqliteLogPlace{data(name)}; }
    LogPlace redis() const { return RedisLogPlace{.url = m_redis->url()}; }
    std::unique_ptr<IncidentLog> openFile(const QString &name = u"data"_s) const
    {
        QDir().mkpath(data(name));
        auto log = SqliteIncidentLog::open(data(name) + u"/incidents.sqlite"_s, 1000);
        return log ? std::move(*log) : nullptr;
    }
    std::unique_ptr<IncidentLog> openRedis() const
    {
        auto log = RedisIncidentLog::open({.url = m_redis->url(), .historyLength = 1000});
        return log ? std::move(*log) : nullptr;
    }
    QString redisProblem() const
    {
        const auto log = RedisIncidentLog::open({.url = m_redis->url()});
        return log ? QString() : log.error().message;
    }
    static Expected<MigratedLog> move(const LogPlace &from, const LogPlace &to)
    {
        return migrateLog(from, to, [](const MigrationProgress &) { });
    }
    static QString problem(const Expected<MigratedLog> &migrated)
    {
        return migrated ? QString() : migrated.error().message;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<RedisServer> m_redis;
};

void MigrationTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
    if (!m_redis) {
        m_redis = std::make_unique<RedisServer>();
        QVERIFY(m_redis->start());
    }
    QCOMPARE(m_redis->command({u"FLUSHALL"_s}), "OK");
}

void MigrationTest::movesEverythingThereAndBack()
{
    fill(*openFile());
    const QStringList said = all(*openFile());
    const QString epoch = openFile()->epoch();
    QVERIFY(said.size() > incidents * 4);

    const auto there = move(file(), redis());
    QVERIFY2(there, qPrintable(problem(there)));
    QCOMPARE(there->contents.incidents, incidents);
    QCOMPARE(there->contents.openIncidents, incidents / 2);
    QCOMPARE(there->contents.heads.size(), 2);
    QVERIFY(!there->isBegunOver);
    QCOMPARE(all(*openRedis()), said);
    QCOMPARE(openRedis()->epoch(), epoch);

    const auto back = move(redis(), file(u"again"_s));
    QVERIFY2(back, qPrintable(problem(back)));
    QCOMPARE(all(*openFile(u"again"_s)), said);
    QCOMPARE(openFile(u"again"_s)->epoch(), epoch);
    QCOMPARE(back->digest, there->digest);
    QCOMPARE(QFile(data(u"again"_s) + u"/incidents.sqlite"_s).permissions()
            & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
        QFile::Permissions());
    // Nothing is left beside it.
    QCOMPARE(QDir(data(u"again"_s)).entryList(QDir::Files),
        (QStringList{u"incidents.sqlite"_s, u"lock"_s}));
}

void MigrationTest::goesOnBehindWhatWasMoved()
{
    fill(*openFile());
    QVERIFY(move(file(), redis()));
    const qint64 head = openRedis()->extent(u"r"_s).value().head;
    // A new incident of an identity that was resolved, and one that is reported once more.
    auto log = openRedis();
    const auto known = log->latest(u"s"_s, u"f0"_s).value();
    QCOMPARE(known->incident.uuid, u"uuid-1"_s);
    const auto events = log->append(write(resolved(*known)));
    require(events);
    QCOMPARE(events->constFirst().sequence, head + 1);
    require(log->append(write(incident(u"next"_s, u"f0"_s))));
    QCOMPARE(log->latest(u"s"_s, u"f0"_s).value()->incident.uuid, u"next"_s);
    QCOMPARE(log->readSince(u"r"_s, head - 1).value().size(), 3);
    QCOMPARE(log->state(u"r"_s).value().incidents.size(), incidents / 2);
    log.reset();
    // And back again, behind what was written there.
    const auto back = move(redis(), file(u"again"_s));
    QVERIFY2(back, qPrintable(problem(back)));
    const auto again = openFile(u"again"_s);
    require(again->append(write(resolved(again->find(u"next"_s).value().value()))));
    QCOMPARE(again->extent(u"r"_s).value().head, head + 3);
}

void MigrationTest::givesTheOldLogANewEpoch()
{
    fill(*openFile());
    const QString epoch = openFile()->epoch();
    const QStringList said = all(*openFile());
    QVERIFY(move(file(), redis()));
    // It is all there still, and nobody takes it for the other.
    QVERIFY(openFile()->epoch() != epoch);
    QCOMPARE(all(*openFile()), said);
    QVERIFY(move(redis(), file(u"again"_s)));
    QVERIFY(openRedis()->epoch() != epoch);
    QCOMPARE(openFile(u"again"_s)->epoch(), epoch);
    QCOMPARE(all(*openRedis()), said);
}

void MigrationTest::beginsOverWhatWasBrokenOff()
{
    fill(*openFile());
    const QStringList said = all(*openFile());
    QVERIFY(move(file(), redis()));
    // As one that was killed behind its last word to the source: half of it, and what is none of
    // it.
    const QString epoch
        = QString::fromUtf8(m_redis->command({u"HGET"_s, u"{tocsin}:meta"_s, u"epoch"_s}));
    m_redis->command({u"DEL"_s, u"{tocsin}:meta"_s, u"{tocsin}:heads"_s, u"{tocsin}:events:r"_s});
    m_redis->command({u"HSET"_s, u"{tocsin}:meta"_s, u"epoch"_s, u"unfinished"_s, u"schema"_s,
        u"0"_s, u"migration"_s, u"run"_s, u"migration-epoch"_s, epoch, u"migration-from"_s,
        u"sqlite:/somewhere"_s});
    m_redis->command({u"RPUSH"_s, u"{tocsin}:timeline:uuid-2"_s, u"{}"_s});
    // No gateway takes it for a log.
    QVERIFY2(redisProblem().contains(u"unfinished migration from sqlite:/somewhere"_s),
        qPrintable(redisProblem()));
    QVERIFY(problem(move(redis(), file(u"again"_s))).contains(u"unfinished migration"_s));

    const auto migrated = move(file(), redis());
    QVERIFY2(migrated, qPrintable(problem(migrated)));
    QVERIFY(migrated->isBegunOver);
    QCOMPARE(all(*openRedis()), said);
    // One of another log is not touched.
    m_redis->command({u"HSET"_s, u"{tocsin}:meta"_s, u"migration"_s, u"run"_s, u"migration-epoch"_s,
        u"other"_s, u"migration-from"_s, u"sqlite:/elsewhere"_s});
    QVERIFY(problem(move(file(), redis())).contains(u"of another log, from sqlite:/elsewhere"_s));
}

void MigrationTest::knowsWhatItHasMoved()
{
    fill(*openFile());
    const auto first = move(file(), redis());
    QVERIFY(first);
    const QString epoch = openFile()->epoch();
    // As after one that was killed before it could say that it was done.
    const auto again = move(file(), redis());
    QVERIFY2(again, qPrintable(problem(again)));
    QVERIFY(again->wasThere);
    QCOMPARE(again->digest, first->digest);
    QCOMPARE(openFile()->epoch(), epoch);
    // Not, where either has gone on.
    require(openRedis()->append(write(incident(u"next"_s, u"next"_s))));
    QVERIFY2(problem(move(file(), redis())).contains(u"each for itself"_s),
        qPrintable(problem(move(file(), redis()))));
    QVERIFY(openRedis()->find(u"next"_s).value());
    QVERIFY(move(redis(), file(u"again"_s)));
    const auto back = move(redis(), file(u"again"_s));
    QVERIFY2(back && back->wasThere, qPrintable(problem(back)));
}

void MigrationTest::refusesADestinationThatHoldsSomething()
{
    fill(*openFile());
    require(openRedis()->append(write(incident(u"mine"_s, u"f"_s))));
    const auto intoRedis = move(file(), redis());
    QVERIFY(!intoRedis);
    QCOMPARE(intoRedis.error().code, ErrorCode::Conflict);
    QVERIFY2(intoRedis.error().message.contains(u"holds a log already"_s),
        qPrintable(intoRedis.error().message));
    const QString epoch = openFile()->epoch();
    const auto intoFile = move(redis(), file());
    QVERIFY(!intoFile);
    QCOMPARE(intoFile.error().code, ErrorCode::Conflict);
    QVERIFY2(intoFile.error().message.contains(u"holds a log already"_s),
        qPrintable(intoFile.error().message));
    QVERIFY(openRedis()->find(u"mine"_s).value());
    QCOMPARE(openFile()->epoch(), epoch);
    // An empty one is put aside.
    openFile(u"empty"_s);
    const auto migrated = move(redis(), file(u"empty"_s));
    QVERIFY2(migrated, qPrintable(problem(migrated)));
    QVERIFY(QFile::exists(migrated->replaced));
    QVERIFY(openFile(u"empty"_s)->find(u"mine"_s).value());
    // So is one in Redis.
    m_redis->command({u"FLUSHALL"_s});
    openRedis();
    QVERIFY(move(file(), redis()));
    QCOMPARE(problem(move(file(u"nothing"_s), redis())).contains(u"There is no"_s), true);
}

void MigrationTest::refusesWhatAGatewayHasOpen()
{
    fill(*openFile());
    const auto started = [&](GatewayConfiguration configuration) {
        configuration.port = 0;
        return Gateway::start(configuration);
    };
    {
        const auto gateway = started({.dataDirectory = data()});
        QVERIFY(gateway);
        const auto migrated = move(file(), redis());
        QVERIFY(!migrated);
        QVERIFY2(migrated.error().message.contains(u"is in use by"_s),
            qPrintable(migrated.error().message));
    }
    {
        const auto gateway
            = started({.dataDirectory = data(u"other"_s), .redisUrl = m_redis->url()});
        QVERIFY(gateway);
        const auto there = move(file(), redis());
        QVERIFY(!there);
        QVERIFY2(
            there.error().message.contains(u"A gateway has"_s), qPrintable(there.error().message));
        const auto back = move(redis(), file(u"again"_s));
        QVERIFY(!back);
        QVERIFY2(
            back.error().message.contains(u"A gateway has"_s), qPrintable(back.error().message));
    }
    // One of another database of the same Redis is none of our business.
    const auto gateway = started(
        {.dataDirectory = data(u"other"_s), .redisUrl = m_redis->url().replace(u"/0"_s, u"/1"_s)});
    QVERIFY(gateway);
    QVERIFY(move(file(), redis()));
}

void MigrationTest::noticesWritingMeanwhile()
{
    fill(*openRedis());
    const QString epoch = openRedis()->epoch();
    bool isWritten = false;
    const auto migrated = migrateLog(redis(), file(), [&](const MigrationProgress &progress) {
        if (progress.step == MigrationProgress::Step::Copying && !isWritten) {
            isWritten = true;
            require(openRedis()->append(write(incident(u"late"_s, u"late"_s))));
        }
    });
    QVERIFY(isWritten);
    QVERIFY(!migrated);
    QCOMPARE(migrated.error().code, ErrorCode::Conflict);
    QVERIFY2(migrated.error().message.contains(u"was written to while it was read"_s),
        qPrintable(migrated.error().message));
    QCOMPARE(openRedis()->epoch(), epoch);
    QVERIFY(!QFile::exists(data() + u"/incidents.sqlite"_s));
    QVERIFY(move(redis(), file()));
}

void MigrationTest::noticesACopyThatIsNotTheSame()
{
    fill(*openFile());
    const QString epoch = openFile()->epoch();
    const auto migrated = migrateLog(file(), redis(), [&](const MigrationProgress &progress) {
        if (progress.step == MigrationProgress::Step::Copying && progress.done == progress.all)
            m_redis->command({u"XTRIM"_s, u"{tocsin}:events:q"_s, u"MAXLEN"_s, u"3"_s});
    });
    QVERIFY(!migrated);
    QCOMPARE(migrated.error().code, ErrorCode::StorageFailed);
    QVERIFY2(migrated.error().message.contains(u"the history of q"_s),
        qPrintable(migrated.error().message));
    QVERIFY(redisProblem().contains(u"unfinished migration"_s));
}

void MigrationTest::leavesOtherKeysAlone()
{
    fill(*openFile());
    m_redis->command({u"SET"_s, u"somebody"_s, u"else's"_s});
    QVERIFY(move(file(), redis()));
    QCOMPARE(m_redis->command({u"GET"_s, u"somebody"_s}), "else's");
}

void MigrationTest::refusesPlaces_data()
{
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("expected");
    QTest::newRow("nothing") << QString() << u"sqlite:DIRECTORY"_s;
    QTest::newRow("no directory") << u"sqlite:"_s << u"sqlite:DIRECTORY"_s;
    QTest::newRow("a path") << u"/var/lib/tocsin"_s << u"sqlite:DIRECTORY"_s;
    QTest::newRow("a password") << u"redis://:hunter2@127.0.0.1/0"_s << u"must not hold"_s;
}

void MigrationTest::refusesPlaces()
{
    QFETCH(const QString, place);
    QFETCH(const QString, expected);
    const auto parsed = parseLogPlace(place);
    QVERIFY(!parsed);
    QVERIFY2(parsed.error().message.contains(expected), qPrintable(parsed.error().message));
    QVERIFY(!parsed.error().message.contains(u"hunter2"_s));
}

QTEST_GUILESS_MAIN(MigrationTest)
#include "tst_migration.moc"
