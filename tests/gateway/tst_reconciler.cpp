// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/alertmanagerapi.h"
#include "gateway/batchbuilder_p.h"
#include "gateway/reconciler_p.h"

#include <rapidcheck.h>

#include <QFile>
#include <QTest>

#include <array>

using namespace tocsin;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int alerts = 3;

Timestamp at(int time)
{
    return Timestamp(std::chrono::seconds(time));
}

IncidentReport reportOf(int alert, ReportStatus status, int startsAt)
{
    return {.source = u"am"_s,
        .fingerprint = QString::number(alert),
        .status = status,
        .title = u"t"_s,
        .severity = Severity::Warning,
        .startsAt = at(startsAt)};
}

/// The gateway's log, as far as it matters here: the latest incident of each alert.
class Log
{
public:
    void fold(const IncidentReport &report)
    {
        auto &latest = m_latest[report.fingerprint];
        auto result = foldReport(latest, report, at(++m_now), QString::number(++m_uuids));
        if (result.stored)
            latest = std::move(result.stored);
    }
    void resolveByHand(const QString &fingerprint)
    {
        auto &latest = m_latest[fingerprint];
        if (!latest)
            return;
        auto result = foldAction(*latest, {IncidentAction::Kind::Resolve}, u"ann"_s, at(++m_now));
        if (result && result->stored)
            latest = std::move(result->stored);
    }
    void acknowledge(const QString &fingerprint)
    {
        auto &latest = m_latest[fingerprint];
        if (!latest)
            return;
        auto result
            = foldAction(*latest, {IncidentAction::Kind::Acknowledge}, u"ann"_s, at(++m_now));
        if (result && result->stored)
            latest = std::move(result->stored);
    }
    /// The moment that comes next.
    [[nodiscard]] Timestamp now() const { return at(m_now + 1); }
    [[nodiscard]] bool isOpen(const QString &fingerprint) const
    {
        const auto latest = m_latest.value(fingerprint);
        return latest && latest->incident.status != IncidentStatus::Resolved;
    }
    [[nodiscard]] QList<OpenIncident> open() const
    {
        QList<OpenIncident> incidents;
        for (const auto &latest : m_latest) {
            if (latest && latest->incident.status != IncidentStatus::Resolved) {
                incidents.append({latest->fingerprint, latest->incident.uuid,
                    latest->incident.version, latest->startsAt});
            }
        }
        return incidents;
    }

private:
    QHash<QString, std::optional<StoredIncident>> m_latest;
    int m_now = 1000;
    int m_uuids = 0;
};

/// An alert in Alertmanager.
struct Alert {
    enum State { Absent, Active, Silenced } state = Absent;
    int startsAt = 0;
};
using Alertmanager = std::array<Alert, alerts>;

SourceReading read(const Alertmanager &alertmanager, std::optional<Timestamp> asOf = {})
{
    SourceReading reading{.active = {}, .quiet = {}, .isSettled = true};
    for (int i = 0; i < alerts; ++i) {
        const Alert &alert = alertmanager[std::size_t(i)];
        if (alert.state == Alert::Active)
            reading.active.append(reportOf(i, ReportStatus::Firing, alert.startsAt));
        if (alert.state == Alert::Active)
            reading.active.last().asOf = asOf;
        else if (alert.state == Alert::Silenced)
            reading.quiet.insert(QString::number(i));
    }
    return reading;
}

QByteArray data(const QString &name)
{
    QFile file(QStringLiteral(TOCSIN_TEST_DATA "/alertmanager/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ReconcilerTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void endsWhatIsGoneTwice();
    void endsNothingThatChangedBetween();
    void endsNothingWhileNotSettled();
    void endsWarningsAboutGroupsWhereNothingIsLeft();
    void leavesWhatIsOfASenderForSomeRooms();
    void opensAgainWhatComesBack();
    void endsUpAsTheSourceIs();
    void readsWhatAlertmanagerAnswers();
    void readsWhenAlertmanagerStarted();
    void refusesWhatIsNoAlertmanager_data();
    void refusesWhatIsNoAlertmanager();
};

void ReconcilerTest::endsWhatIsGoneTwice()
{
    Log log;
    Reconciler reconciler(u"am"_s);
    log.fold(reportOf(1, ReportStatus::Firing, 5));
    QVERIFY(reconciler.compare(log.open(), read({})).isEmpty());
    const auto reports = reconciler.compare(log.open(), read({}));
    QCOMPARE(reports.size(), 1);
    QCOMPARE(reports.first().status, ReportStatus::Resolved);
    log.fold(reports.first());
    QVERIFY(!log.isOpen(u"1"_s));
    QVERIFY(reconciler.compare(log.open(), read({})).isEmpty());
}

void ReconcilerTest::endsNothingThatChangedBetween()
{
    Log log;
    Reconciler reconciler(u"am"_s);
    log.fold(reportOf(1, ReportStatus::Firing, 5));
    QVERIFY(reconciler.compare(log.open(), read({})).isEmpty());
    log.fold(reportOf(1, ReportStatus::Firing, 5));
    QVERIFY(reconciler.compare(log.open(), read({})).isEmpty());
    QCOMPARE(reconciler.compare(log.open(), read({})).size(), 1);
}

void ReconcilerTest::endsNothingWhileNotSettled()
{
    Log log;
    Reconciler reconciler(u"am"_s);
    log.fold(reportOf(1, ReportStatus::Firing, 5));
    SourceReading fresh = read({});
    fresh.isSettled = false;
    for (int i = 0; i < 5; ++i)
        QVERIFY(reconciler.compare(log.open(), fresh).isEmpty());
    QVERIFY(reconciler.compare(log.open(), read({})).isEmpty());
    QVERIFY(reconciler.compare(log.open(), fresh).isEmpty());
    QVERIFY(reconciler.compare(log.open(), read({})).isEmpty());
    QCOMPARE(reconciler.compare(log.open(), read({})).size(), 1);
}

// Of which group an alert is, only its webhook says.
void ReconcilerTest::endsWarningsAboutGroupsWhereNothingIsLeft()
{
    Reconciler reconciler(u"am"_s);
    const QString warning = u"truncated:{}:{}"_s;
    QList<OpenIncident> open{{warning, u"u"_s, 1, at(1)}, {u"1"_s, u"v"_s, 1, at(1)}};
    Alertmanager alertmanager;
    for (const Alert::State state : {Alert::Active, Alert::Silenced}) {
        alertmanager[1] = {state, 1};
        for (int i = 0; i < 3; ++i)
            QVERIFY(reconciler.compare(open, read(alertmanager)).isEmpty());
    }
    SourceReading fresh = read({});
    fresh.isSettled = false;
    open.removeLast();
    for (int i = 0; i < 3; ++i)
        QVERIFY(reconciler.compare(open, fresh).isEmpty());
    QVERIFY(reconciler.compare(open, read({})).isEmpty());
    ++open.first().version; // it came again
    QVERIFY(reconciler.compare(open, read({})).isEmpty());
    const auto reports = reconciler.compare(open, read({}));
    QCOMPARE(reports.size(), 1);
    QCOMPARE(reports.first().fingerprint, warning);
    QCOMPARE(reports.first().status, ReportStatus::Resolved);
}

// It has the name of an alert that is not there, and is none of this Alertmanager's.
void ReconcilerTest::leavesWhatIsOfASenderForSomeRooms()
{
    Reconciler reconciler(u"am"_s);
    const QList<OpenIncident> open{{u"1"_s + ownersMark + u"team:db"_s, u"u"_s, 1, at(1)}};
    for (int i = 0; i < 3; ++i)
        QVERIFY(reconciler.compare(open, read({})).isEmpty());
}

void ReconcilerTest::opensAgainWhatComesBack()
{
    Log log;
    Reconciler reconciler(u"am"_s);
    Alertmanager alertmanager;
    alertmanager[1] = {Alert::Active, 5};
    const auto compare = [&](const Alertmanager &state) {
        for (const IncidentReport &report : reconciler.compare(log.open(), read(state)))
            log.fold(report);
    };
    compare(alertmanager);
    QVERIFY(log.isOpen(u"1"_s));
    compare({});
    compare({});
    QVERIFY(!log.isOpen(u"1"_s));
    compare(alertmanager); // with the same beginning
    QVERIFY(log.isOpen(u"1"_s));
}

void ReconcilerTest::endsUpAsTheSourceIs()
{
    const bool held = rc::check("any sequence of alerts, webhooks, hands and late readings", [] {
        Log log;
        Reconciler reconciler(u"am"_s);
        Alertmanager alertmanager;
        std::array<bool, alerts> byHand{};
        std::vector<std::pair<Alertmanager, Timestamp>> underWay;
        int clock = 0;
        const auto steps = *rc::gen::container<std::vector<std::uint8_t>>(
            rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::uint8_t>(0, 33)));
        // Since when each alert has been in Alertmanager without a break, in readings taken.
        std::array<int, alerts> readingsWithout{};
        const auto foldReading = [&](const Alertmanager &state, Timestamp asOf) {
            for (std::size_t i = 0; i < alerts; ++i)
                readingsWithout[i] = state[i].state == Alert::Absent ? readingsWithout[i] + 1 : 0;
            for (const IncidentReport &report : reconciler.compare(log.open(), read(state, asOf))) {
                const bool isEnd = report.status == ReportStatus::Resolved;
                RC_ASSERT(!isEnd || readingsWithout[report.fingerprint.toUInt()] >= 2);
                log.fold(report);
            }
        };
        for (const std::uint8_t step : steps) {
            const auto i = std::size_t(step % alerts);
            const QString fingerprint = QString::number(i);
            Alert &alert = alertmanager[i];
            switch (step / alerts) {
            case 0: // begins, and is told
                if (alert.state == Alert::Absent) {
                    alert = {Alert::Active, ++clock};
                    byHand[i] = false;
                }
                if (alert.state == Alert::Active)
                    log.fold(reportOf(int(i), ReportStatus::Firing, alert.startsAt));
                break;
            case 1: // begins, and the message is lost
                if (alert.state == Alert::Absent) {
                    alert = {Alert::Active, ++clock};
                    byHand[i] = false;
                }
                break;
            case 2:
                if (alert.state == Alert::Active)
                    alert.state = Alert::Silenced;
                break;
            case 3:
                if (alert.state == Alert::Silenced)
                    alert.state = Alert::Active;
                break;
            case 4: // ends, and is told unless it is silenced
                if (alert.state == Alert::Active)
                    log.fold(reportOf(int(i), ReportStatus::Resolved, 0));
                alert.state = Alert::Absent;
                break;
            case 10: // only seems to end, and is there again as it was, without a word
                if (alert.state == Alert::Active)
                    log.fold(reportOf(int(i), ReportStatus::Resolved, 0));
                break;
            case 5: alert.state = Alert::Absent; break; // ends without a word
            case 6: log.acknowledge(fingerprint); break;
            case 7:
                if (log.isOpen(fingerprint))
                    byHand[i] = true;
                log.resolveByHand(fingerprint);
                break;
            case 8: underWay.emplace_back(alertmanager, log.now()); break;
            case 9:
                if (!underWay.empty()) {
                    foldReading(underWay.front().first, underWay.front().second);
                    underWay.erase(underWay.begin());
                }
                break;
            }
        }
        for (const auto &[state, asOf] : underWay)
            foldReading(state, asOf);
        for (int i = 0; i < 3; ++i)
            foldReading(alertmanager, log.now());
        for (std::size_t i = 0; i < alerts; ++i) {
            const bool isOpen = log.isOpen(QString::number(i));
            switch (alertmanager[i].state) {
            case Alert::Absent: RC_ASSERT(!isOpen); break;
            case Alert::Active: RC_ASSERT(isOpen || byHand[i]); break;
            case Alert::Silenced: break;
            }
        }
    });
    QVERIFY(held);
}

void ReconcilerTest::readsWhatAlertmanagerAnswers()
{
    const auto alerts = readAlertmanagerAlerts(
        data(u"api-alerts.json"_s), {.receivedAt = at(0), .source = u"alertmanager-eu"_s});
    QVERIFY2(alerts, qPrintable(alerts ? QString() : alerts.error().message));
    QCOMPARE(alerts->active.size(), 1);
    const IncidentReport &report = alerts->active.first();
    QCOMPARE(report.source, u"alertmanager-eu"_s);
    QCOMPARE(report.fingerprint, u"b807e636403824b5"_s);
    QCOMPARE(report.status, ReportStatus::Firing);
    QCOMPARE(report.severity, Severity::Critical);
    QCOMPARE(report.title, u"s"_s);
    QVERIFY(!report.endsAt);
    QCOMPARE(alerts->quiet, QSet<QString>{u"d2c2efc389db2050"_s});
}

void ReconcilerTest::readsWhenAlertmanagerStarted()
{
    const auto started = readAlertmanagerStart(data(u"api-status.json"_s));
    QVERIFY2(started, qPrintable(started ? QString() : started.error().message));
    QCOMPARE(toDateTime(*started).toUTC(),
        QDateTime::fromString(u"2026-11-26T10:57:19.103Z"_s, Qt::ISODateWithMs));
}

void ReconcilerTest::refusesWhatIsNoAlertmanager_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("where");
    QTest::newRow("a page") << QByteArray("<html>") << QString();
    QTest::newRow("an object") << QByteArray("{}") << QString();
    QTest::newRow("version 1") << QByteArray(R"([{"labels":{}}])") << u"[0].status"_s;
    QTest::newRow("no name") << QByteArray(
        R"([{"status":{"state":"active"},"labels":{},"startsAt":"2026-11-26T10:00:00Z"}])")
                             << u"[0].fingerprint"_s;
}

void ReconcilerTest::refusesWhatIsNoAlertmanager()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, where);
    const auto alerts = readAlertmanagerAlerts(body, {.receivedAt = at(0)});
    QVERIFY(!alerts);
    QCOMPARE(alerts.error().where, where);
    QVERIFY(!readAlertmanagerStart(body));
}

QTEST_GUILESS_MAIN(ReconcilerTest)
#include "tst_reconciler.moc"
