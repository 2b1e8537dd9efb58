// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "logfixture.h"
#include "logwrites.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

// Which monitor a frame says is gone; nothing where it says something else.
QString removedMonitor(const QByteArray &frame)
{
    const auto message = QJsonDocument::fromJson(frame).object();
    return message.value(u"name"_s).toString() == MonitorRemoved.name
        ? message.value(u"data"_s).toObject().value(u"monitorUuid"_s).toString()
        : QString();
}

} // namespace

/// What every log promises (gateway/incidentlog.h), by each of them.
class IncidentLogTest : public LogTest
{
    Q_OBJECT
private Q_SLOTS:
    void numbersEventsWithoutHoles();
    void survivesReopening();
    void writesABatchWholeOrNotAtAll();
    void refusesAWriteThatIsBasedOnAnOldState();
    void forgetsOldHistoryButNoSequence();
    void removesASourceWithoutTrace();
    void knowsWhatIsOpenOfASource();
    void remembersWhenASourceWasHeard();
    void keepsTheTimeline();
    void keepsTheNewestOfALongTimeline();
    void prunesOldEventsFromTheFront();
    void prunesWhatWasResolvedLongAgo();
    void prunesInSlices();
    void knowsHowEachMonitorIs();
    void believesAMonitorAfterItsClockWasSetBack();
    void forgetsMonitorsThatAreGone();
    void keepsOnlySoManyMonitors();
};

void IncidentLogTest::numbersEventsWithoutHoles()
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

void IncidentLogTest::survivesReopening()
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

void IncidentLogTest::writesABatchWholeOrNotAtAll()
{
    const auto log = open();
    LogBatch batch = write(incident(u"a"_s, u"f"_s));
    batch.incidents.append({incident(u"b"_s, u"f"_s), 0}); // a second open one of that identity
    const auto refused = log->append(batch);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, isRedis() ? ErrorCode::Conflict : ErrorCode::StorageFailed);
    QCOMPARE(*log->find(u"a"_s), std::nullopt);
    QCOMPARE(log->extent(u"r"_s)->head, 0);
    // And it goes on, at the number that was not used.
    const auto events = log->append(write(incident(u"c"_s, u"g"_s)));
    QVERIFY(events);
    QCOMPARE(events->first().sequence, 1);
}

void IncidentLogTest::refusesAWriteThatIsBasedOnAnOldState()
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

void IncidentLogTest::forgetsOldHistoryButNoSequence()
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

void IncidentLogTest::removesASourceWithoutTrace()
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
}

void IncidentLogTest::knowsWhatIsOpenOfASource()
{
    const auto log = open();
    QVERIFY(log);
    auto first = incident(u"a"_s, u"f"_s);
    auto other = incident(u"b"_s, u"g"_s);
    QVERIFY(log->append(write(first)));
    QVERIFY(log->append(write(other)));
    auto elsewhere = incident(u"c"_s, u"f"_s);
    elsewhere.incident.source = u"elsewhere"_s;
    QVERIFY(log->append(write(elsewhere)));
    auto open = log->openIncidents(first.incident.source);
    QVERIFY(open);
    QCOMPARE(open->size(), 2);
    other.incident.status = IncidentStatus::Resolved;
    other.incident.resolvedAt = timestampNow();
    ++other.incident.version;
    QVERIFY(log->append(write(other)));
    open = log->openIncidents(first.incident.source);
    QVERIFY(open);
    QCOMPARE(open->size(), 1);
    QCOMPARE(open->first().fingerprint, u"f"_s);
    QCOMPARE(open->first().uuid, u"a"_s);
    QCOMPARE(open->first().version, first.incident.version);
    QCOMPARE(open->first().startsAt, first.startsAt);
}

void IncidentLogTest::remembersWhenASourceWasHeard()
{
    auto log = open();
    QVERIFY(log);
    QCOMPARE(log->lastHeard(u"a"_s).value(), std::nullopt);
    const Timestamp at = timestampNow();
    QVERIFY(log->append({.incidents = {}, .events = {}, .heard = {{u"a"_s, at - 1h}}}));
    QVERIFY(log->append({.incidents = {}, .events = {}, .heard = {{u"a"_s, at}}}));
    log.reset();
    log = open();
    QCOMPARE(log->lastHeard(u"a"_s).value(), at);
    QCOMPARE(log->lastHeard(u"b"_s).value(), std::nullopt);
}

void IncidentLogTest::keepsTheTimeline()
{
    const TimelineEntry acknowledged{TimelineKind::Acknowledged, now, u"ann"_s, {}};
    const TimelineEntry commented{TimelineKind::Commented, now, u"bob"_s, u"it's \"the\" disk"_s,
        u"6b0f7b1e-5d0e-4f6e-9d57-0f8b9a1c2d3e"_s};
    {
        const auto log = open();
        LogBatch batch = write(incident(u"a"_s, u"f"_s));
        batch.timeline = {{u"a"_s, acknowledged}}; // of an incident that is in the same batch
        QVERIFY(log->append(batch));
        QVERIFY(log->append({.incidents = {}, .events = {}, .timeline = {{u"a"_s, commented}}}));
        QVERIFY(log->append(write(incident(u"b"_s, u"g"_s))));
        const auto refused = log->append(remark(u"nobody"_s, u"x"_s));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Conflict);
    }
    const auto log = open();
    const auto timeline = log->timeline(u"a"_s);
    QVERIFY(timeline);
    QCOMPARE(timeline->entries, (QList{acknowledged, commented}));
    QVERIFY(timeline->complete);
    QVERIFY(log->timeline(u"b"_s)->entries.isEmpty());
    QVERIFY(log->timeline(u"b"_s)->complete);
}

void IncidentLogTest::keepsTheNewestOfALongTimeline()
{
    const auto log = open();
    QVERIFY(log->append(write(incident(u"a"_s, u"f"_s))));
    LogBatch batch;
    for (int i = 1; i <= 503; ++i)
        batch.timeline += remark(u"a"_s, QString::number(i)).timeline;
    QVERIFY(log->append(batch));
    const auto timeline = log->timeline(u"a"_s);
    QCOMPARE(timeline->entries.size(), 500);
    QCOMPARE(timeline->entries.first().text, u"4"_s);
    QCOMPARE(timeline->entries.last().text, u"503"_s);
    QVERIFY(!timeline->complete);
}

void IncidentLogTest::prunesOldEventsFromTheFront()
{
    const auto log = open();
    // The clock went back once: what came after it is not older than what came before.
    const std::array ages{10h, 9h, 2h, 8h, 1h};
    for (int i = 0; i < 5; ++i) {
        const QString name = QString::number(i);
        QVERIFY(log->append(at(write(incident(name, name)), now - ages[std::size_t(i)])));
    }
    QVERIFY(log->append(at(write(incident(u"q"_s, u"q"_s, {u"q"_s})), now - 10h)));
    QCOMPARE(log->prune(limits(now - 5h))->isMore, false);
    QCOMPARE(log->extent(u"r"_s)->oldest, 3);
    QCOMPARE(log->extent(u"r"_s)->head, 5);
    QCOMPARE(log->readSince(u"r"_s, 2)->size(), 3);
    // A history may become empty; its numbers go on.
    QCOMPARE(log->extent(u"q"_s)->oldest, 2);
    QCOMPARE(log->state(u"q"_s)->incidents.size(), 1);
    QCOMPARE(log->append(write(incident(u"p"_s, u"p"_s, {u"q"_s})))->first().sequence, 2);
    const auto again = open();
    QCOMPARE(again->extent(u"r"_s)->oldest, 3);
    QCOMPARE(again->extent(u"q"_s)->head, 2);
}

void IncidentLogTest::prunesWhatWasResolvedLongAgo()
{
    const auto log = open();
    for (const QString &uuid : {u"old"_s, u"new"_s, u"open"_s}) {
        QVERIFY(log->append(at(write(incident(uuid, uuid)), now - 100h)));
        QVERIFY(log->append(remark(uuid, u"x"_s)));
    }
    QVERIFY(log->append(at(write(resolved(incident(u"old"_s, u"old"_s))), now - 50h)));
    QVERIFY(log->append(at(write(resolved(incident(u"new"_s, u"new"_s))), now - 5h)));
    QCOMPARE(log->prune(limits(now - 20h))->isMore, false);
    QCOMPARE(*log->find(u"old"_s), std::nullopt);
    QVERIFY(log->timeline(u"old"_s)->entries.isEmpty());
    QVERIFY(log->find(u"new"_s)->has_value());
    QVERIFY(log->find(u"open"_s)->has_value()); // however old
    QCOMPARE(log->timeline(u"open"_s)->entries.size(), 1);
    QCOMPARE(log->state(u"r"_s)->incidents.size(), 1);
}

void IncidentLogTest::prunesInSlices()
{
    const auto log = open();
    for (int i = 0; i < 25; ++i) {
        const QString name = QString::number(i);
        const QStringList rooms{i % 2 ? u"q"_s : u"r"_s};
        QVERIFY(log->append(at(write(incident(name, name, rooms)), now - 10h)));
    }
    QCOMPARE(log->prune(limits(now, 10))->isMore, true);
    const auto left = [&] {
        qint64 events = 0;
        for (const QString &room : {u"q"_s, u"r"_s})
            events += log->extent(room)->head - log->extent(room)->oldest + 1;
        return events;
    };
    QCOMPARE(left(), 15);
    QCOMPARE(log->prune(limits(now, 10))->isMore, true);
    QCOMPARE(log->prune(limits(now, 10))->isMore, false);
    QCOMPARE(left(), 0);
}

void IncidentLogTest::knowsHowEachMonitorIs()
{
    {
        const auto log = open();
        QVERIFY(log->append(monitor(u"web"_s, MonitorState::Down, 5)));
        QVERIFY(log->append(monitor(u"db"_s, MonitorState::Up, 6)));
        // What was delayed on its way tells nothing new; of the same moment, the last word counts.
        LogBatch late = monitor(u"web"_s, MonitorState::Up, 4);
        late.monitors.first().heardAt = now + 7s;
        QVERIFY(log->append(late));
        QVERIFY(log->append(monitor(u"db"_s, MonitorState::Degraded, 6)));
        // A reminder moves nothing, and is a first word where there was none.
        QVERIFY(
            log->append(monitor(u"web"_s, MonitorState::Down, 9, MonitorWrite::Kind::HeardAgain)));
        QVERIFY(
            log->append(monitor(u"new"_s, MonitorState::Down, 9, MonitorWrite::Kind::HeardAgain)));
    }
    const auto log = open();
    const QStringList expected{u"db degraded 6"_s, u"new down 9"_s, u"web down 5"_s};
    QCOMPARE(monitors(*log), expected);
    QCOMPARE(monitors(*log, u"q"_s), expected);
    QCOMPARE(monitors(*log, u"nobody's"_s), QStringList());
    LogBatch told = monitor(u"web"_s, MonitorState::Up, 10);
    told.events.append({{u"r"_s}, MonitorStatusChanged.name.toString(), "{}", now});
    QVERIFY(log->append(told));
    QCOMPARE(log->readSince(u"r"_s, 0)->size(), 1);
    const auto removal = log->removeSource(u"s"_s, now);
    QVERIFY(removal);
    QCOMPARE(monitors(*log), QStringList());
    // Who is in a room is told of each, in the order of its numbers.
    QMap<QString, QList<qint64>> numbers;
    QStringList removed;
    for (const LogEvent &event : removal->events) {
        numbers[event.room].append(event.sequence);
        removed.append(event.room + u' ' + removedMonitor(event.frame));
    }
    QCOMPARE(numbers, (QMap<QString, QList<qint64>>{{u"r"_s, {2, 3, 4}}, {u"q"_s, {1, 2, 3}}}));
    removed.sort();
    QCOMPARE(removed,
        QStringList(
            {u"q s:db"_s, u"q s:new"_s, u"q s:web"_s, u"r s:db"_s, u"r s:new"_s, u"r s:web"_s}));
    // Nor is there a trace of it in the histories.
    QCOMPARE(log->extent(u"r"_s)->oldest, 5);
    QCOMPARE(log->extent(u"r"_s)->head, 4);
    QVERIFY(log->readSince(u"r"_s, 4)->isEmpty());
}

// Of the sender and here, as where both are on one machine.
void IncidentLogTest::believesAMonitorAfterItsClockWasSetBack()
{
    const auto log = open();
    QVERIFY(log->append(monitor(u"web"_s, MonitorState::Up, 3600)));
    QVERIFY(log->append(monitor(u"web"_s, MonitorState::Down, 10)));
    QCOMPARE(monitors(*log), QStringList{u"web down 10"_s});
}

void IncidentLogTest::forgetsMonitorsThatAreGone()
{
    const auto log = open();
    StoredIncident outage = incident(u"a"_s, u"web"_s);
    QVERIFY(log->append(write(outage)));
    QVERIFY(log->append(monitor(u"web"_s, MonitorState::Down, 1)));
    QVERIFY(log->append(monitor(u"db"_s, MonitorState::Up, 1)));
    QVERIFY(log->append(monitor(u"cache"_s, MonitorState::Up, 1)));
    QVERIFY(log->append(monitor(u"cache"_s, MonitorState::Up, 8, MonitorWrite::Kind::HeardAgain)));
    const PruneLimits soon{.now = timestampNow(),
        .monitorsHeardBefore = now + std::chrono::seconds(5),
        .mostRows = 1000};
    // What is forgotten in both rooms is told in both; where events do not come at once, they are
    // there to be read.
    const auto forget = [&] {
        const auto before = log->extent(u"r"_s);
        const auto pruning = log->prune(soon);
        const auto frames = log->readSince(u"r"_s, before->head);
        QStringList told;
        for (const QByteArray &frame : *frames)
            told.append(removedMonitor(frame));
        if (!isRedis()) {
            QList<QByteArray> ofRoom;
            for (const LogEvent &event : pruning->events) {
                if (event.room == u"r"_s)
                    ofRoom.append(event.frame);
            }
            if (ofRoom != *frames)
                told.append(u"but other events"_s);
        }
        return told;
    };
    QCOMPARE(forget(), QStringList{u"s:db"_s});
    QCOMPARE(log->extent(u"q"_s)->head, 1);
    // What is down is not forgotten for as long as its incident is open.
    QCOMPARE(monitors(*log), QStringList({u"cache up 1"_s, u"web down 1"_s}));
    QVERIFY(log->append(write(resolved(outage))));
    QCOMPARE(forget(), QStringList{u"s:web"_s});
    QCOMPARE(monitors(*log), QStringList{u"cache up 1"_s});
    QCOMPARE(forget(), QStringList());
    QCOMPARE(log->state(u"r"_s)->seq, 4);
    QCOMPARE(log->append(write(incident(u"b"_s, u"b"_s)))->first().sequence, 5);
    const auto reopened = open();
    QCOMPARE(reopened->extent(u"r"_s)->head, 5);
    QCOMPARE(reopened->extent(u"q"_s)->head, 2);
}

void IncidentLogTest::keepsOnlySoManyMonitors()
{
    const auto log = open();
    LogBatch many;
    for (int i = 0; i < IncidentLog::mostMonitors; ++i)
        many.monitors += monitor(QString::number(i), MonitorState::Up, 10 + i).monitors;
    QVERIFY(log->append(many));
    QVERIFY(log->append(monitor(u"0"_s, MonitorState::Up, 90'000, MonitorWrite::Kind::HeardAgain)));
    QVERIFY(log->append(monitor(u"more"_s, MonitorState::Down, 90'000)));
    const QStringList kept = monitors(*log);
    QCOMPARE(kept.size(), IncidentLog::mostMonitors);
    QVERIFY(kept.contains(u"0 up 10"_s));
    QVERIFY(kept.contains(u"more down 90000"_s));
    QVERIFY(!kept.contains(u"1 up 11"_s)); // not heard of for longest
}

QTEST_GUILESS_MAIN(IncidentLogTest)
#include "tst_incidentlog.moc"
