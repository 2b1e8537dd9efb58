// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/logbackup.h"

#include "gateway/sqliteincidentlog.h"

#include "protocol/messages.h"

#include <QDir>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr auto now = Timestamp(std::chrono::milliseconds(1'800'000'000'000));

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

LogBatch opening(const QString &uuid, const QStringList &rooms)
{
    StoredIncident stored{.incident = {}, .fingerprint = uuid, .startsAt = now, .rooms = rooms};
    stored.incident.uuid = uuid;
    stored.incident.title = u"Title of "_s + uuid;
    stored.incident.source = u"s"_s;
    stored.incident.createdAt = now;
    stored.incident.updatedAt = now;
    return {.incidents = {{stored, 0}},
        .events = {{rooms, IncidentCreated.name.toString(), encode(stored.incident), now}}};
}

} // namespace

/// Copies of logs that another program wrote, that are damaged, or that are not what they seem.
class LogBackupTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsEverythingButTheEpoch();
    void takesOverAnOlderProgramsBackup();
    void refusesANewerProgramsLog();
    void goesBackAfterAnUpgrade();
    void refusesADamagedFile_data();
    void refusesADamagedFile();
    void putsAsideALogThatCannotBeRead();
    void restoresACopiedFileWithWhatIsWrittenAhead();
    void replacesNothingWhereNothingIs();
    void saysWhatItHolds();

private:
    QString path(const QString &name) const { return m_directory->filePath(name); }
    QString data() const { return path(u"data"_s); }
    QString logIn(const QString &directory) const
    {
        return QDir(directory).filePath(u"incidents.sqlite"_s);
    }
    std::unique_ptr<SqliteIncidentLog> open(const QString &directory)
    {
        QDir().mkpath(directory);
        auto log = SqliteIncidentLog::open(logIn(directory), 1000);
        return log ? std::move(*log) : nullptr;
    }
    void makeOlderLog()
    {
        QFile sql(QStringLiteral(TOCSIN_TEST_DATA "/gateway/schema-1.sql"));
        QVERIFY(sql.open(QIODevice::ReadOnly));
        QVERIFY(QDir().mkpath(data()));
        runSql(logIn(data()), QString::fromUtf8(sql.readAll()));
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

void LogBackupTest::init()
{
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    m_directory = std::make_unique<QTemporaryDir>();
}

void LogBackupTest::keepsEverythingButTheEpoch()
{
    const auto log = open(data());
    QVERIFY(log);
    for (int i = 0; i < 20; ++i) {
        LogBatch batch = opening(QString::number(i), {i % 2 ? u"a"_s : u"b"_s, u"all"_s});
        batch.heard.insert(u"s"_s, now);
        QVERIFY(log->append(batch));
    }
    QVERIFY(log->append({.incidents = {},
        .events = {},
        .timeline = {{u"3"_s, {TimelineKind::Commented, now, u"ann"_s, u"on it"_s}}}}));
    QVERIFY(backUpLog(data(), path(u"copy"_s)));
    QVERIFY(restoreLog(path(u"other"_s), path(u"copy"_s), ExistingIncidents::Refuse));
    const auto other = open(path(u"other"_s));
    QVERIFY(other);
    for (const QString &room : {u"a"_s, u"b"_s, u"all"_s}) {
        QCOMPARE(other->readSince(room, 0).value(), log->readSince(room, 0).value());
        QCOMPARE(other->extent(room)->head, log->extent(room)->head);
        QCOMPARE(other->state(room)->incidents, log->state(room)->incidents);
    }
    QCOMPARE(other->timeline(u"3"_s)->entries.size(), 1);
    QCOMPARE(other->lastHeard(u"s"_s).value(), std::optional(now));
    QVERIFY(!other->epoch().isEmpty());
    QVERIFY(other->epoch() != log->epoch());
    // Twice from one file are two lives as well.
    QVERIFY(restoreLog(path(u"third"_s), path(u"copy"_s), ExistingIncidents::Refuse));
    QVERIFY(open(path(u"third"_s))->epoch() != other->epoch());
    QCOMPARE(other->append(opening(u"next"_s, {u"all"_s}))->first().sequence, 21);
}

void LogBackupTest::takesOverAnOlderProgramsBackup()
{
    makeOlderLog();
    const auto held = backUpLog(data(), path(u"copy"_s));
    QVERIFY2(held, held ? "" : qPrintable(held.error().message));
    QCOMPARE(held->openIncidents, 2);
    QCOMPARE(held->events, 4);
    const auto restored = restoreLog(path(u"other"_s), path(u"copy"_s), ExistingIncidents::Refuse);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().message));
    QCOMPARE(restored->contents.toString(), held->toString());
    // What was read is still of the old schema, which has no such table, and the older program's.
    for (const QString &name : {path(u"copy"_s), logIn(data())})
        runSql(name, u"CREATE TABLE timeline (x)"_s);
    const auto log = open(path(u"other"_s));
    QVERIFY(log);
    QVERIFY(log->epoch() != u"90cc4d91-30e2-41dc-95be-78e5b6188603");
    const auto disk = log->latest(u"native"_s, u"1"_s);
    QCOMPARE(disk->value().incident.title, u"Disk full on db-3"_s);
    QVERIFY(log->append({.incidents = {},
        .events = {},
        .timeline
        = {{disk->value().incident.uuid, {TimelineKind::Commented, now, u"ann"_s, u"on it"_s}}}}));
}

void LogBackupTest::refusesANewerProgramsLog()
{
    open(data()).reset();
    runSql(logIn(data()), u"UPDATE meta SET value = '99' WHERE key = 'schema'"_s);
    const auto backup = backUpLog(data(), path(u"copy"_s));
    QVERIFY(!backup);
    QVERIFY2(backup.error().message.contains(u"is of schema version 99, and this program knows"),
        qPrintable(backup.error().message));
    QVERIFY(!QFile::exists(path(u"copy"_s)));
    const auto restored = restoreLog(path(u"other"_s), logIn(data()), ExistingIncidents::Replace);
    QVERIFY(!restored);
    QVERIFY2(restored.error().message.contains(u"is of schema version 99, and this program knows"),
        qPrintable(restored.error().message));
    QVERIFY(!QFile::exists(path(u"other"_s)));
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot),
        QStringList{u"data"_s});
}

void LogBackupTest::goesBackAfterAnUpgrade()
{
    QVERIFY(open(data())->append(opening(u"1"_s, {u"a"_s})));
    QVERIFY(backUpLog(data(), path(u"before"_s)));
    QVERIFY(open(data())->append(opening(u"2"_s, {u"a"_s})));
    runSql(logIn(data()), u"UPDATE meta SET value = '99' WHERE key = 'schema'"_s);
    QVERIFY(!open(data()));
    const auto refused = restoreLog(data(), path(u"before"_s), ExistingIncidents::Refuse);
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains(u"holds 2 incidents already"),
        qPrintable(refused.error().message));
    const auto restored = restoreLog(data(), path(u"before"_s), ExistingIncidents::Replace);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().message));
    const auto log = open(data());
    QVERIFY(log);
    QCOMPARE(log->state(u"a"_s)->incidents.size(), 1);
    // What the newer program wrote is still there, for when it comes back.
    runSql(restored->replaced, u"UPDATE meta SET value = '4' WHERE key = 'schema'"_s);
    QVERIFY(restoreLog(path(u"other"_s), restored->replaced, ExistingIncidents::Refuse));
    QCOMPARE(open(path(u"other"_s))->state(u"a"_s)->incidents.size(), 2);
}

void LogBackupTest::refusesADamagedFile_data()
{
    QTest::addColumn<double>("place");
    QTest::addColumn<bool>("isCut");
    QTest::newRow("cut off") << 0.5 << true;
    QTest::newRow("overwritten early") << 0.3 << false;
    QTest::newRow("overwritten late") << 0.8 << false;
}

void LogBackupTest::refusesADamagedFile()
{
    QFETCH(double, place);
    QFETCH(bool, isCut);
    {
        const auto log = open(data());
        for (int i = 0; i < 300; ++i)
            QVERIFY(log->append(opening(QString::number(i), {u"a"_s})));
    }
    QVERIFY(backUpLog(data(), path(u"copy"_s)));
    const auto damage = [&](const QString &name) {
        QFile file(name);
        QVERIFY(file.open(QIODevice::ReadWrite));
        const auto at = qint64(double(file.size()) * place) / 4096 * 4096;
        if (isCut)
            QVERIFY(file.resize(at));
        else
            QVERIFY(file.seek(at) && file.write(QByteArray(4096, 'x')) == 4096);
    };
    damage(path(u"copy"_s));
    const auto restored = restoreLog(data(), path(u"copy"_s), ExistingIncidents::Replace);
    QVERIFY(!restored);
    QCOMPARE(restored.error().code, ErrorCode::StorageFailed);
    QVERIFY2(
        restored.error().message.startsWith(path(u"copy"_s)), qPrintable(restored.error().message));
    QCOMPARE(open(data())->state(u"a"_s)->incidents.size(), 300);

    // Nor is a damaged log backed up as if it were none.
    damage(logIn(data()));
    const auto backup = backUpLog(data(), path(u"another"_s));
    QVERIFY(!backup);
    QCOMPARE(QDir(m_directory->path()).entryList(QDir::Files), QStringList{u"copy"_s});
}

void LogBackupTest::putsAsideALogThatCannotBeRead()
{
    QVERIFY(open(data())->append(opening(u"1"_s, {u"a"_s})));
    QVERIFY(backUpLog(data(), path(u"copy"_s)));
    const QByteArray rubbish(8192, 'x');
    QFile log(logIn(data()));
    QVERIFY(log.open(QIODevice::WriteOnly) && log.write(rubbish) == rubbish.size());
    log.close();
    const auto refused = restoreLog(data(), path(u"copy"_s), ExistingIncidents::Refuse);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY2(refused.error().message.contains(u"--replace"), qPrintable(refused.error().message));
    const auto restored = restoreLog(data(), path(u"copy"_s), ExistingIncidents::Replace);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().message));
    QFile kept(restored->replaced);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), rubbish);
    QCOMPARE(open(data())->state(u"a"_s)->incidents.size(), 1);
}

void LogBackupTest::restoresACopiedFileWithWhatIsWrittenAhead()
{
    // As another tool may have copied it, from a file system's snapshot.
    const auto log = open(data());
    QVERIFY(log->append(opening(u"1"_s, {u"a"_s})));
    QVERIFY(log->append(opening(u"2"_s, {u"a"_s})));
    QVERIFY(QFile::copy(logIn(data()), path(u"copy"_s)));
    QVERIFY(QFile::copy(logIn(data()) + u"-wal"_s, path(u"copy-wal"_s)));
    const auto restored = restoreLog(path(u"other"_s), path(u"copy"_s), ExistingIncidents::Refuse);
    QVERIFY2(restored, restored ? "" : qPrintable(restored.error().message));
    QCOMPARE(restored->contents.incidents, 2);
    QCOMPARE(open(path(u"other"_s))->state(u"a"_s)->incidents.size(), 2);
}

void LogBackupTest::replacesNothingWhereNothingIs()
{
    QVERIFY(open(data())->append(opening(u"1"_s, {u"a"_s})));
    QVERIFY(backUpLog(data(), path(u"copy"_s)));
    const QString wrong = path(u"no/such"_s);
    const auto refused = restoreLog(wrong, path(u"copy"_s), ExistingIncidents::Replace);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::NotFound);
    QVERIFY(refused.error().message.contains(wrong));
    QVERIFY(!QFile::exists(wrong));
}

void LogBackupTest::saysWhatItHolds()
{
    const auto sentence = [](const LogContents &contents) { return contents.toString(); };
    QCOMPARE(sentence({}), u"0 incidents (0 open) and 0 events"_s);
    QCOMPARE(
        sentence({1, 0, 1, {{u"a:b"_s, 1}}}), u"1 incident (0 open) and 1 event, up to a:b 1"_s);
    LogContents many{12, 3, 40, {}};
    for (int i = 0; i < 9; ++i)
        many.heads.append({QString::number(i), 10 + i});
    QCOMPARE(sentence(many),
        u"12 incidents (3 open) and 40 events, up to 0 10, 1 11, 2 12, 3 13, 4 14, 5 15, 6 16,"
        u" 7 17, and 1 room more"_s);
    many.heads.append({u"last"_s, 1});
    QVERIFY(sentence(many).endsWith(u", and 2 rooms more"));
}

QTEST_GUILESS_MAIN(LogBackupTest)
#include "tst_logbackup.moc"
