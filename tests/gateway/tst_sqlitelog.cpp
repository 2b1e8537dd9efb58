// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sqliteincidentlog.h"

#include "logwrites.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <numeric>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

/// Runs statements on a file without the log's own code.
void runSql(const QString &fileName, const QString &sql)
{
    {
        auto database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(fileName);
        QVERIFY(database.open());
        for (const QString &statement : sql.split(u";\n"_s, Qt::SkipEmptyParts)) {
            QSqlQuery query(database);
            QVERIFY2(
                query.exec(statement), qPrintable(statement.left(80) + query.lastError().text()));
        }
    }
    QSqlDatabase::removeDatabase(u"test"_s);
}

} // namespace

/// The log in a file, as a file; what all logs promise is in tst_incidentlog.cpp.
class SqliteLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void removesASourceWithoutTrace();
    void refusesASecondOpenOneOfAnIdentity();
    void doesNotGrowForEver();
    void takesOverAnOlderProgramsFile();
    void takesOverAFileWithoutMonitors();
    void takesOverAFileWithoutIdsOfComments();
    void countsWhatAnOlderProgramWrote();
    void leavesANewerProgramsFileAlone();
    void saysWhatItCannotOpen();

private:
    std::unique_ptr<SqliteIncidentLog> open(qint64 historyLength = 1000)
    {
        auto log = SqliteIncidentLog::open(m_directory->filePath(u"log.sqlite"_s), historyLength);
        return log ? std::move(*log) : nullptr;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void SqliteLogTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
}

void SqliteLogTest::removesASourceWithoutTrace()
{
    const auto log = open();
    auto demonstration = incident(u"d"_s, u"f"_s);
    demonstration.incident.source = u"demo"_s;
    demonstration.incident.title = u"Telltale title"_s;
    QVERIFY(log->append(write(demonstration)));
    QVERIFY(log->removeSource(u"demo"_s, now));
    const QDir directory(m_directory->path());
    for (const QString &name : directory.entryList(QDir::Files)) {
        QFile file(directory.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("Telltale"), qPrintable(name));
    }
}

void SqliteLogTest::refusesASecondOpenOneOfAnIdentity()
{
    const auto log = open();
    QVERIFY(log->append(write(incident(u"a"_s, u"f"_s))));
    const auto refused = log->append(write(incident(u"b"_s, u"f"_s)));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::StorageFailed);
}

void SqliteLogTest::doesNotGrowForEver()
{
    const auto log = open();
    const auto day = [&](int number) {
        const Timestamp time = now + number * 24h;
        for (int i = 0; i < 300; ++i) {
            const QString name = u"%1-%2"_s.arg(number).arg(i);
            QVERIFY(log->append(at(write(incident(name, name)), time)));
            QVERIFY(log->append(remark(name, QString(200, u'x'))));
            QVERIFY(log->append(at(write(resolved(incident(name, name))), time)));
        }
        while (log->prune(limits(time - 24h))->isMore) { }
    };
    const QFileInfo file(m_directory->filePath(u"log.sqlite"_s));
    const QFileInfo writtenAhead(file.filePath() + u"-wal"_s);
    const auto size = [&] {
        auto both = std::array{file, writtenAhead};
        return std::accumulate(
            both.begin(), both.end(), qint64(0), [](qint64 sum, QFileInfo &info) {
                info.refresh();
                return sum + info.size();
            });
    };
    for (int number = 0; number < 4; ++number)
        day(number);
    // All that is written ahead goes into the file when it is opened anew.
    const qint64 early = size();
    for (int number = 4; number < 12; ++number)
        day(number);
    QVERIFY2(size() < early + early / 2,
        qPrintable(u"%1 bytes after 4 days, %2 after 12"_s.arg(early).arg(size())));
}

void SqliteLogTest::takesOverAnOlderProgramsFile()
{
    QFile sql(QStringLiteral(TOCSIN_TEST_DATA "/gateway/schema-1.sql"));
    QVERIFY(sql.open(QIODevice::ReadOnly));
    runSql(m_directory->filePath(u"log.sqlite"_s), QString::fromUtf8(sql.readAll()));
    {
        const auto log = open();
        QVERIFY(log);
        QCOMPARE(log->epoch(), u"90cc4d91-30e2-41dc-95be-78e5b6188603"_s);
        const QString room = defaultRoom.toString();
        QCOMPARE(log->extent(room)->head, 4);
        QCOMPARE(log->readSince(room, 0)->size(), 4);
        QCOMPARE(log->state(room)->incidents.size(), 2);
        const auto disk = log->latest(u"native"_s, u"1"_s);
        QCOMPARE(disk->value().incident.title, u"Disk full on db-3"_s);
        QVERIFY(log->append(remark(disk->value().incident.uuid, u"on it"_s)));
        QCOMPARE(log->append(write(incident(u"a"_s, u"f"_s, {room})))->first().sequence, 5);
    }
    const auto again = open();
    QVERIFY(again);
    QCOMPARE(
        again->timeline(again->latest(u"native"_s, u"1"_s)->value().incident.uuid)->entries.size(),
        1);
}

void SqliteLogTest::takesOverAFileWithoutMonitors()
{
    QVERIFY(open()->append(write(incident(u"a"_s, u"f"_s))));
    runSql(m_directory->filePath(u"log.sqlite"_s),
        u"DROP TABLE monitors;\nDROP TABLE activity;\nDROP TABLE room_sets;\nALTER TABLE timeline "
        u"DROP COLUMN id;\n"
        "UPDATE meta SET value = '2' WHERE key = 'schema'"_s);
    const auto log = open();
    QVERIFY(log);
    QCOMPARE(log->state(u"r"_s)->incidents.size(), 1);
    QVERIFY(log->append(monitor(u"web"_s, MonitorState::Up, 1)));
    QCOMPARE(monitors(*log), QStringList{u"web up 1"_s});
}

void SqliteLogTest::takesOverAFileWithoutIdsOfComments()
{
    QVERIFY(open()->append(write(incident(u"a"_s, u"f"_s))));
    QVERIFY(open()->append(remark(u"a"_s, u"before"_s)));
    runSql(m_directory->filePath(u"log.sqlite"_s),
        u"ALTER TABLE timeline DROP COLUMN id;\nUPDATE meta SET value = '3' WHERE key = 'schema'"_s);
    const auto log = open();
    QVERIFY(log);
    LogBatch later = remark(u"a"_s, u"after"_s);
    later.timeline.first().entry.id = u"its own"_s;
    QVERIFY(log->append(later));
    const QList<TimelineEntry> entries = log->timeline(u"a"_s)->entries;
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[0].text, u"before"_s);
    QCOMPARE(entries[0].id, QString());
    QCOMPARE(entries[1].id, u"its own"_s);
}

void SqliteLogTest::countsWhatAnOlderProgramWrote()
{
    const auto counts = [this] { return open()->activity({u"r"_s}, now - 24h)->quarters; };
    {
        const auto log = open();
        StoredIncident first = incident(u"a"_s, u"f"_s);
        first.incident.createdAt = now - 2h;
        QVERIFY(log->append(write(first)));
        StoredIncident over = resolved(first);
        over.incident.resolvedAt = now - 1h;
        QVERIFY(log->append(write(over)));
        QVERIFY(log->append(write(incident(u"b"_s, u"g"_s))));
    }
    const QList<ActivityQuarter> before = counts();
    QCOMPARE(before.size(), 3);
    runSql(m_directory->filePath(u"log.sqlite"_s),
        u"DROP TABLE activity;\nDROP TABLE monitors;\nDROP TABLE room_sets;\nALTER TABLE timeline "
        u"DROP COLUMN id;\n"
        "UPDATE meta SET value = '2' WHERE key = 'schema'"_s);
    QCOMPARE(counts(), before);
}

void SqliteLogTest::leavesANewerProgramsFileAlone()
{
    open().reset();
    const QString name = m_directory->filePath(u"log.sqlite"_s);
    runSql(name, u"UPDATE meta SET value = '99' WHERE key = 'schema'"_s);
    const auto log = SqliteIncidentLog::open(name, 10);
    QVERIFY(!log);
    QVERIFY2(log.error().message.contains(u"schema version 99"), qPrintable(log.error().message));
}

void SqliteLogTest::saysWhatItCannotOpen()
{
    const QString name = m_directory->filePath(u"log.sqlite"_s);
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(4096, 'x'));
    file.close();
    const auto log = SqliteIncidentLog::open(name, 10);
    QVERIFY(!log);
    QCOMPARE(log.error().code, ErrorCode::StorageFailed);
    QVERIFY2(log.error().message.contains(u"not a database"), qPrintable(log.error().message));
}

QTEST_GUILESS_MAIN(SqliteLogTest)
#include "tst_sqlitelog.moc"
