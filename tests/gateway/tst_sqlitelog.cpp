// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/sqliteincidentlog.h"

#include "protocol/messages.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr auto now = Timestamp(std::chrono::milliseconds(1'800'000'000'000));

StoredIncident incident(
    const QString &uuid, const QString &fingerprint, const QStringList &rooms = {u"r"_s})
{
    StoredIncident stored{
        .incident = {}, .fingerprint = fingerprint, .startsAt = now, .rooms = rooms};
    stored.incident.uuid = uuid;
    stored.incident.title = u"Title of "_s + uuid;
    stored.incident.source = u"s"_s;
    stored.incident.createdAt = now;
    stored.incident.updatedAt = now;
    return stored;
}

StoredIncident resolved(StoredIncident stored)
{
    stored.incident.status = IncidentStatus::Resolved;
    stored.incident.resolvedAt = now;
    ++stored.incident.version;
    return stored;
}

EventWrite event(const StoredIncident &stored)
{
    return {stored.rooms, IncidentUpdated.name.toString(), encode(stored.incident), now};
}

LogBatch write(const StoredIncident &stored)
{
    return {.incidents = {{stored, stored.incident.version - 1}}, .events = {event(stored)}};
}

} // namespace

class SqliteLogTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void numbersEventsWithoutHoles();
    void survivesReopening();
    void writesABatchWholeOrNotAtAll();
    void refusesAWriteThatIsBasedOnAnOldState();
    void forgetsOldHistoryButNoSequence();
    void removesASourceWithoutTrace();
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

void SqliteLogTest::numbersEventsWithoutHoles()
{
    const auto log = open();
    QVERIFY(log);
    const auto both = incident(u"a"_s, u"f"_s, {u"r"_s, u"q"_s});
    const auto events = log->append(write(both));
    QVERIFY(events);
    QCOMPARE(events->size(), 2);
    QCOMPARE(events->at(0).room, u"r"_s);
    QCOMPARE(events->at(0).sequence, 1);
    QCOMPARE(events->at(1).room, u"q"_s);
    QCOMPARE(events->at(1).sequence, 1);
    for (int i = 2; i < 10; ++i) {
        const auto more = log->append(write(incident(QString::number(i), QString::number(i))));
        QVERIFY(more);
        QCOMPARE(more->first().sequence, i);
    }
    QCOMPARE(log->extent(u"r"_s)->head, 9);
    QCOMPARE(log->extent(u"q"_s)->head, 1);
    QCOMPARE(log->extent(u"none"_s)->head, 0);
    QCOMPARE(log->readSince(u"r"_s, 7)->size(), 2);
    QCOMPARE(log->readSince(u"q"_s, 0)->first(), events->at(1).frame);
}

void SqliteLogTest::survivesReopening()
{
    const auto open1 = incident(u"a"_s, u"f"_s);
    QString epoch;
    QList<LogEvent> events;
    {
        const auto log = open();
        epoch = log->epoch();
        events = *log->append(write(open1));
        QVERIFY(log->append(write(resolved(incident(u"b"_s, u"g"_s)))).has_value() == false);
        QVERIFY(log->append(write(incident(u"b"_s, u"g"_s))));
        QVERIFY(log->append(write(resolved(incident(u"b"_s, u"g"_s)))));
    }
    const auto log = open();
    QVERIFY(log);
    QVERIFY(!epoch.isEmpty());
    QCOMPARE(log->epoch(), epoch);
    QCOMPARE(*log->latest(u"s"_s, u"f"_s), open1);
    QCOMPARE(log->latest(u"s"_s, u"g"_s)->value().incident.status, IncidentStatus::Resolved);
    QCOMPARE(*log->latest(u"s"_s, u"x"_s), std::nullopt);
    QCOMPARE(*log->find(u"a"_s), open1);
    const auto state = log->state(u"r"_s);
    QCOMPARE(state->seq, 3);
    QCOMPARE(state->incidents, QList<QByteArray>{encode(open1.incident)});
    QCOMPARE(log->readSince(u"r"_s, 0)->first(), events.first().frame);
}

void SqliteLogTest::writesABatchWholeOrNotAtAll()
{
    const auto log = open();
    LogBatch batch = write(incident(u"a"_s, u"f"_s));
    batch.incidents.append({incident(u"b"_s, u"f"_s), 0}); // a second open one of that identity
    const auto refused = log->append(batch);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::StorageFailed);
    QCOMPARE(*log->find(u"a"_s), std::nullopt);
    QCOMPARE(log->extent(u"r"_s)->head, 0);
    // And it goes on, at the number that was not used.
    const auto events = log->append(write(incident(u"c"_s, u"g"_s)));
    QVERIFY(events);
    QCOMPARE(events->first().sequence, 1);
}

void SqliteLogTest::refusesAWriteThatIsBasedOnAnOldState()
{
    const auto log = open();
    auto stored = incident(u"a"_s, u"f"_s);
    QVERIFY(log->append(write(stored)));
    stored.incident.version = 2;
    QVERIFY(log->append(write(stored)));
    const auto refused = log->append(write(stored));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QCOMPARE(log->extent(u"r"_s)->head, 2);
}

void SqliteLogTest::forgetsOldHistoryButNoSequence()
{
    const auto log = open(10);
    for (int i = 1; i <= 35; ++i)
        QVERIFY(log->append(write(incident(QString::number(i), QString::number(i)))));
    const auto extent = log->extent(u"r"_s);
    QCOMPARE(extent->head, 35);
    QVERIFY(extent->head - extent->oldest + 1 >= 10);
    QVERIFY(extent->head - extent->oldest + 1 <= 11);
    QCOMPARE(log->readSince(u"r"_s, extent->oldest - 1)->size(), extent->head - extent->oldest + 1);
    QCOMPARE(log->state(u"r"_s)->incidents.size(), 35);
}

void SqliteLogTest::removesASourceWithoutTrace()
{
    const auto log = open();
    auto demonstration = incident(u"d"_s, u"f"_s);
    demonstration.incident.source = u"demo"_s;
    demonstration.incident.title = u"Telltale title"_s;
    auto over = demonstration;
    over.incident.uuid = u"over"_s;
    over.fingerprint = u"g"_s;
    QVERIFY(log->append(write(demonstration)));
    QVERIFY(log->append(write(over)));
    QVERIFY(log->append(write(resolved(over))));
    const auto kept = incident(u"kept"_s, u"f"_s);
    QVERIFY(log->append(write(kept)));

    const auto removal = log->removeSource(u"demo"_s, now);
    QVERIFY2(removal, qPrintable(removal ? QString() : removal.error().message));
    QCOMPARE(removal->incidents, 2);
    QCOMPARE(removal->events.size(), 1); // the resolved one is on nobody's screen
    QCOMPARE(removal->events.first().sequence, 5);
    QVERIFY(removal->events.first().frame.contains("incident.resolved"));

    QCOMPARE(log->state(u"r"_s)->incidents, QList<QByteArray>{encode(kept.incident)});
    QCOMPARE(*log->find(u"d"_s), std::nullopt);
    const auto extent = log->extent(u"r"_s);
    QCOMPARE(extent->head, 5);
    QCOMPARE(extent->oldest, 6);
    QCOMPARE(log->append(write(incident(u"next"_s, u"n"_s)))->first().sequence, 6);

    const QDir directory(m_directory->path());
    for (const QString &name : directory.entryList(QDir::Files)) {
        QFile file(directory.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("Telltale"), qPrintable(name));
    }
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
