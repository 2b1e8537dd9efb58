// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "logfixture.h"

#include <QRandomGenerator>

#include <map>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr auto now = Timestamp(std::chrono::milliseconds(1'800'000'000'000));
constexpr auto day = 24h;

IncidentWrite opened(const QString &uuid, const QStringList &rooms, Severity severity, Timestamp at)
{
    StoredIncident stored{.incident = {}, .fingerprint = uuid, .startsAt = at, .rooms = rooms};
    stored.incident.uuid = uuid;
    stored.incident.title = uuid;
    stored.incident.source = uuid.startsWith(u"x") ? u"x"_s : u"s"_s;
    stored.incident.severity = severity;
    stored.incident.createdAt = at;
    return {stored, 0};
}

IncidentWrite changed(IncidentWrite write, std::optional<Timestamp> resolvedAt)
{
    write.basedOn = write.stored.incident.version++;
    if (resolvedAt) {
        write.stored.incident.status = IncidentStatus::Resolved;
        write.stored.incident.resolvedAt = resolvedAt;
    }
    return write;
}

/// All that happened to one incident.
struct Life {
    IncidentWrite write;
    Severity openedAs;
};

/// What is to be counted, told from the incidents alone.
QList<ActivityQuarter> expected(
    const QHash<QString, Life> &lives, const QStringList &rooms, Timestamp from)
{
    std::map<qint64, ActivityQuarter> quarters;
    const auto quarter = [&](Timestamp at) -> ActivityQuarter * {
        const qint64 number = at.time_since_epoch() / activityQuarter;
        if (number < from.time_since_epoch() / activityQuarter)
            return nullptr;
        ActivityQuarter &found = quarters[number];
        found.at = Timestamp(number * activityQuarter);
        return &found;
    };
    for (const auto &[write, openedAs] : lives) {
        const StoredIncident &stored = write.stored;
        if (!std::ranges::any_of(
                stored.rooms, [&](const QString &room) { return rooms.contains(room); }))
            continue;
        if (auto *const at = quarter(*stored.incident.createdAt)) {
            switch (openedAs) {
            case Severity::Critical: ++at->critical; break;
            case Severity::Warning: ++at->warning; break;
            case Severity::Unknown: ++at->unknown; break;
            case Severity::Info: ++at->info; break;
            }
        }
        if (stored.incident.resolvedAt) {
            if (auto *const at = quarter(*stored.incident.resolvedAt))
                ++at->resolved;
        }
    }
    QList<ActivityQuarter> all;
    for (const auto &[number, found] : quarters)
        all.append(found);
    return all;
}

} // namespace

/// What the log counts of the last day: each incident once, whatever happens to it, and whether it
/// is kept or not.
class ActivityTest : public LogTest
{
    Q_OBJECT
private Q_SLOTS:
    void countsEachOnce_data();
    void countsEachOnce();
    void countsNothingOfWhatFailed();
    void outlivesTheIncidents();
    void saysWhichEventsAreCounted();
};

void ActivityTest::countsEachOnce_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 40; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void ActivityTest::countsEachOnce()
{
    QFETCH(const quint32, seed);
    QRandomGenerator random(seed);
    const QList<QStringList> sets{{u"r"_s}, {u"q"_s}, {u"r"_s, u"q"_s}, {u"q"_s, u"r"_s, u"p"_s}};
    const auto moment
        = [&] { return now - std::chrono::milliseconds(random.bounded(26 * 3'600'000)); };
    auto log = open();
    QVERIFY(log);
    QHash<QString, Life> lives;
    int born = 0;
    for (int step = 0; step < 60; ++step) {
        LogBatch batch;
        QSet<QString> touched;
        for (int i = random.bounded(1, 6); i > 0; --i) {
            const QStringList known = lives.keys();
            if (known.isEmpty() || random.bounded(2)) {
                const QString uuid = (random.bounded(5) ? u"s%1"_s : u"x%1"_s).arg(born++);
                const auto severity = Severity(random.bounded(4));
                IncidentWrite write
                    = opened(uuid, sets[random.bounded(int(sets.size()))], severity, moment());
                // Over before it was heard of.
                if (random.bounded(8) == 0) {
                    write.stored.incident.status = IncidentStatus::Resolved;
                    write.stored.incident.resolvedAt = moment();
                }
                batch.incidents.append(write);
                lives.insert(uuid, {write, severity});
                touched.insert(uuid);
                continue;
            }
            const QString &uuid = known[random.bounded(int(known.size()))];
            if (touched.contains(uuid))
                continue;
            touched.insert(uuid);
            Life &life = lives[uuid];
            const bool isOver = life.write.stored.incident.resolvedAt.has_value();
            const bool ends = !isOver && random.bounded(2);
            // What is over can be changed still, and is not resolved once more.
            life.write = changed(life.write, ends ? std::optional(moment()) : std::nullopt);
            batch.incidents.append(life.write);
        }
        QVERIFY(log->append(batch));
        if (random.bounded(10) == 0) {
            log.reset();
            log = open();
        }
        if (random.bounded(25) == 0) {
            QVERIFY(log->removeSource(u"x"_s, now));
            lives.removeIf([](const auto &entry) { return entry.key().startsWith(u'x'); });
        }
        for (const QStringList &rooms : {QStringList{u"r"_s}, {u"r"_s, u"q"_s}, {u"none"_s}}) {
            auto counted = log->activity(rooms, now - day);
            QVERIFY(counted);
            // Of what was taken back, an empty quarter may be left.
            counted->quarters.removeIf([](const ActivityQuarter &quarter) {
                return quarter == ActivityQuarter{.at = quarter.at};
            });
            QCOMPARE(counted->quarters, expected(lives, rooms, now - day));
        }
    }
}

void ActivityTest::countsNothingOfWhatFailed()
{
    const auto log = open();
    const IncidentWrite first = opened(u"a"_s, {u"r"_s}, Severity::Critical, now);
    QVERIFY(log->append({.incidents = {first}, .events = {}}));
    // Based on a version that it does not have.
    IncidentWrite wrong = changed(first, now);
    wrong.basedOn = 7;
    const LogBatch batch{
        .incidents = {opened(u"b"_s, {u"new"_s}, Severity::Info, now), wrong}, .events = {}};
    QVERIFY(!log->append(batch));
    QCOMPARE(log->activity({u"r"_s}, now - day)->quarters.size(), 1);
    QCOMPARE(log->activity({u"r"_s}, now - day)->quarters.first().critical, 1);
    QCOMPARE(log->activity({u"r"_s}, now - day)->quarters.first().resolved, 0);
    QVERIFY(log->activity({u"new"_s}, now - day)->quarters.isEmpty());
    QVERIFY(log->append(
        {.incidents = {opened(u"b"_s, {u"new"_s}, Severity::Info, now)}, .events = {}}));
    QCOMPARE(log->activity({u"new"_s}, now - day)->quarters.first().info, 1);
}

void ActivityTest::outlivesTheIncidents()
{
    const auto log = open();
    const IncidentWrite first = opened(u"a"_s, {u"r"_s}, Severity::Warning, now - 20h);
    QVERIFY(log->append({.incidents = {first}, .events = {}}));
    QVERIFY(log->append({.incidents = {changed(first, now - 19h)}, .events = {}}));
    QVERIFY(log->prune(
        {.eventsBefore = now - 1h, .resolvedBefore = now - 1h, .activityBefore = now - 48h}));
    QCOMPARE(*log->find(u"a"_s), std::nullopt);
    QCOMPARE(log->activity({u"r"_s}, now - day)->quarters.size(), 2);
    QVERIFY(log->prune({.eventsBefore = now - 1h,
        .resolvedBefore = now - 1h,
        .activityBefore = now - 19h - 30min}));
    QCOMPARE(log->activity({u"r"_s}, now - day)->quarters.size(), 1);
    QCOMPARE(log->activity({u"r"_s}, now - day)->quarters.first().resolved, 1);
}

void ActivityTest::saysWhichEventsAreCounted()
{
    const auto log = open();
    const IncidentWrite first = opened(u"a"_s, {u"r"_s}, Severity::Warning, now);
    const EventWrite told{{u"r"_s}, u"incident.created"_s, "{}", now};
    QVERIFY(log->append({.incidents = {first}, .events = {told, told}}));
    const auto counts = log->activity({u"r"_s, u"q"_s}, now - day);
    QVERIFY(counts);
    // Where nobody else writes, all that was written was handed out.
    const auto expected = log->shared() ? QHash<QString, qint64>{{u"r"_s, 2}, {u"q"_s, 0}}
                                        : QHash<QString, qint64>();
    QCOMPARE(counts->heads, expected);
}

QTEST_GUILESS_MAIN(ActivityTest)
#include "tst_activity.moc"
