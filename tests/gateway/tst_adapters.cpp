// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/alertmanageradapter.h"
#include "gateway/grafanaadapter.h"
#include "gateway/rfc3339.h"
#include "gateway/uptimekumaadapter.h"

#include <QFile>
#include <QTest>

#include <algorithm>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr auto receivedAt = Timestamp(std::chrono::milliseconds(1'800'000'000'000));

const IngestContext context{.receivedAt = receivedAt};

QByteArray payload(const char *name, const QString &sender = u"alertmanager"_s)
{
    QFile file(QStringLiteral(TOCSIN_TEST_DATA "/%1/").arg(sender) + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// What Alertmanager says of its alerts, without what there is to say of its sending.
Expected<QList<IncidentReport>> alertsIn(const QByteArray &body)
{
    auto reports = reportsFromAlertmanager(body, context);
    if (reports)
        reports->removeIf([](const IncidentReport &report) { return report.isAboutSource; });
    return reports;
}

Timestamp utc(const char *text)
{
    return parseRfc3339(text).value();
}

} // namespace

class AdaptersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void readsTimes_data();
    void readsTimes();
    void readsAGroupThatFires();
    void readsAGroupThatResolves();
    void opensAgainWhatOnlySeemedOver_data();
    void opensAgainWhatOnlySeemedOver();
    void shows_data();
    void shows();
    void namesAnAlertAsAlertmanagerDoes();
    void refusesABadWebhook_data();
    void refusesABadWebhook();
    void knowsTheWordsForASeverity();
    void warnsOfAlertsThatAreLeftOut();
    void readsGrafana();
    void refusesGrafanasLegacyForm();
    void readsUptimeKuma();
    void readsUptimeKumasTestMessage();
    void readsUptimeKumasNotices();
    void opensWhatIsDownAgainByAnEarlierClock();
    void saysThatNothingWasMeasured();
    void refusesWhatIsNotUptimeKumas();
};

void AdaptersTest::readsTimes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qint64>("milliseconds"); // -1: refused
    QTest::newRow("epoch") << "1970-01-01T00:00:00Z"_ba << qint64(0);
    QTest::newRow("seconds") << "2026-11-20T19:38:36Z"_ba << qint64(1795203516000);
    QTest::newRow("nanoseconds") << "2026-11-20T19:38:36.123999999Z"_ba << qint64(1795203516123);
    QTest::newRow("tenths") << "2026-11-20T19:38:36.5Z"_ba << qint64(1795203516500);
    QTest::newRow("east") << "2026-11-20T20:38:36+01:00"_ba << qint64(1795203516000);
    QTest::newRow("west") << "2026-11-20T14:08:36-05:30"_ba << qint64(1795203516000);
    QTest::newRow("leap second") << "1990-12-31T23:59:60Z"_ba << qint64(662687999000);
    QTest::newRow("leap day") << "2024-02-29T00:00:00Z"_ba << qint64(1709164800000);
    for (const char *bad : {"", "x", "2026-11-20", "2026-11-20T19:38:36", "2026-13-20T19:38:36Z",
             "2026-02-29T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T19:38:36.Z",
             "2026-11-20T19:38:36Zx", "20261120T193836Z", "2026-11-20T19:38:36+0100",
             "-026-11-20T19:38:36Z"})
        QTest::newRow(bad[0] ? bad : "empty") << QByteArray(bad) << qint64(-1);
}

void AdaptersTest::readsTimes()
{
    QFETCH(QByteArray, text);
    QFETCH(qint64, milliseconds);
    const auto time = parseRfc3339(text.constData());
    QCOMPARE(time ? toMilliseconds(*time) : -1, milliseconds);
}

void AdaptersTest::readsAGroupThatFires()
{
    const auto reports = alertsIn(payload("group-firing.json"));
    QVERIFY2(reports, qPrintable(reports ? QString() : reports.error().message));
    QCOMPARE(reports->size(), 2);
    const IncidentReport &first = reports->first();
    QCOMPARE(first.source, u"alertmanager"_s);
    QCOMPARE(first.fingerprint, u"73a8f6ad781683d2"_s);
    QCOMPARE(first.status, ReportStatus::Firing);
    QCOMPARE(first.title, u"Database connection timeout on db-3"_s);
    QCOMPARE(first.severity, Severity::Critical);
    QCOMPARE(first.service, u"orders-db"_s);
    QCOMPARE(first.startsAt, utc("2026-11-20T19:38:36Z"));
    QVERIFY(!first.endsAt);
    QCOMPARE(first.labels.value(u"instance"_s), u"db-3:5432"_s);
    QCOMPARE(first.annotations.value(u"description"_s),
        u"No connection could be opened for 2 minutes."_s);
    QCOMPARE(first.links,
        (QList<Link>{{u"Source"_s, u"http://prometheus.example.com/graph?g0.expr=up"_s},
            {u"Runbook"_s, u"https://runbooks.example.com/db-timeout"_s}}));
    QVERIFY(reports->last().links.isEmpty()); // its generatorURL is empty
}

void AdaptersTest::readsAGroupThatResolves()
{
    const auto reports = alertsIn(payload("group-one-resolved.json"));
    QVERIFY(reports);
    QCOMPARE(reports->first().status, ReportStatus::Resolved);
    QCOMPARE(reports->first().endsAt, utc("2026-11-20T19:38:43Z"));
    QCOMPARE(reports->last().status, ReportStatus::Firing);
}

void AdaptersTest::opensAgainWhatOnlySeemedOver_data()
{
    QTest::addColumn<QString>("startsAt");
    QTest::newRow("as it was") << u"2026-11-20T19:30:00Z"_s;
    QTest::newRow("of a Prometheus that saw it earlier") << u"2026-11-20T19:29:55Z"_s;
}

// Prometheus that cannot reach Alertmanager for some minutes: the alert times out there, and comes
// back with the beginning that it has had all along.
void AdaptersTest::opensAgainWhatOnlySeemedOver()
{
    QFETCH(QString, startsAt);
    const auto said = [](const QString &status, const QString &begin) {
        const auto reports = reportsFromAlertmanager(
            u"{\"version\":\"4\",\"alerts\":[{\"status\":\"%1\",\"labels\":{\"alertname\":\"a\"},"
            "\"startsAt\":\"%2\",\"endsAt\":\"2026-11-20T19:38:43Z\"}]}"_s.arg(status, begin)
                .toUtf8(),
            context);
        return reports->first();
    };
    const QString begin = u"2026-11-20T19:30:00Z"_s;
    auto latest = foldReport({}, said(u"firing"_s, begin), receivedAt, u"1"_s).stored;
    const auto open = latest;
    latest = foldReport(latest, said(u"resolved"_s, begin), receivedAt, {}).stored;
    QVERIFY(latest);
    QCOMPARE(foldReport(latest, said(u"firing"_s, startsAt), receivedAt, u"2"_s).change,
        IncidentChange::Created);
    // What a person has ended is over, for as long as it is the same.
    latest = foldAction(*open, {IncidentAction::Kind::Resolve}, u"ann"_s, receivedAt)->stored;
    QVERIFY(!foldReport(latest, said(u"firing"_s, startsAt), receivedAt, u"3"_s).change);
}

void AdaptersTest::shows_data()
{
    QTest::addColumn<QByteArray>("labels");
    QTest::addColumn<QByteArray>("annotations");
    QTest::addColumn<QString>("title");
    QTest::addColumn<Severity>("severity");
    QTest::addColumn<QString>("service");
    QTest::addColumn<int>("links");
    QTest::newRow("alertname and job")
        << R"({"alertname":"Up","job":"node","severity":"warning"})"_ba
        << "{}"_ba << u"Up"_s << Severity::Warning << u"node"_s << 0;
    QTest::newRow("info") << R"({"alertname":"Up","severity":"info"})"_ba << R"({"summary":"S"})"_ba
                          << u"S"_s << Severity::Info << QString() << 0;
    QTest::newRow("another word") << R"({"alertname":"Up","severity":"purple"})"_ba
                                  << R"({"summary":"  "})"_ba << u"Up"_s << Severity::Unknown
                                  << QString() << 0;
    QTest::newRow("runbook is no web page")
        << R"({"alertname":"Up"})"_ba << R"({"runbook_url":"javascript:x"})"_ba << u"Up"_s
        << Severity::Unknown << QString() << 0;
    QTest::newRow("runbook") << R"({"alertname":"Up"})"_ba
                             << R"({"runbook_url":"https://e.org/"})"_ba << u"Up"_s
                             << Severity::Unknown << QString() << 1;
    QTest::newRow("nothing") << "{}"_ba << "{}"_ba << u"Alert cbf29ce484222325"_s
                             << Severity::Unknown << QString() << 0;
}

void AdaptersTest::shows()
{
    QFETCH(QByteArray, labels);
    QFETCH(QByteArray, annotations);
    const auto reports = reportsFromAlertmanager(
        R"({"version":"4","new":{},"alerts":[{"status":"firing","startsAt":"0001-01-01T00:00:00Z",
            "labels":)"
            + labels + R"(,"annotations":)" + annotations + "}]}",
        context);
    QVERIFY2(reports, qPrintable(reports ? QString() : reports.error().message));
    QTEST(reports->first().title, "title");
    QTEST(reports->first().severity, "severity");
    QTEST(reports->first().service, "service");
    QFETCH(int, links);
    QCOMPARE(int(reports->first().links.size()), links);
    QCOMPARE(reports->first().startsAt, receivedAt);
}

void AdaptersTest::namesAnAlertAsAlertmanagerDoes()
{
    // What the real one gave these alerts as fingerprints.
    for (const char *name : {"group-firing.json", "warning-firing.json", "watchdog-firing.json"}) {
        const auto reports = alertsIn(payload(name));
        QVERIFY(reports && !reports->isEmpty());
        for (const IncidentReport &report : *reports)
            QCOMPARE(alertmanagerFingerprint(report.labels), report.fingerprint);
    }
}

void AdaptersTest::refusesABadWebhook_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("where");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, const QByteArray &body, const QString &where,
                         const QString &message) {
        QTest::newRow(name) << body << ErrorCode::InvalidPayload << where << message;
    };
    const auto alert = [](const QByteArray &fields) {
        return R"({"version":"4","alerts":[{"status":"firing","labels":{},"startsAt":)"
               R"("2026-11-20T19:38:36Z"},{)"
            + fields + "}]}";
    };
    QTest::newRow("not JSON") << "alert!"_ba << ErrorCode::InvalidJson << QString()
                              << u"not valid JSON"_s;
    QTest::newRow("cut") << payload("group-firing.json").chopped(20) << ErrorCode::InvalidJson
                         << QString() << u"not valid JSON"_s;
    row("array", "[]", {}, u"expected object, got array"_s);
    row("no version", R"({"alerts":[]})", u"version"_s, u"version: expected string, got nothing"_s);
    row("version 3", R"({"version":"3","alerts":[]})", u"version"_s,
        u"version: expected \"4\", got \"3\""_s);
    row("no alerts", R"({"version":"4"})", u"alerts"_s, u"alerts: expected array, got nothing"_s);
    row("status", alert(R"("status":"open","labels":{},"startsAt":"2026-11-20T19:38:36Z")"),
        u"alerts[1].status"_s,
        u"alerts[1].status: expected one of firing, resolved, got \"open\""_s);
    row("label", alert(R"("status":"firing","labels":{"a":1},"startsAt":"2026-11-20T19:38:36Z")"),
        u"alerts[1].labels.a"_s, u"alerts[1].labels.a: expected string, got number"_s);
    row("time", alert(R"("status":"firing","labels":{},"startsAt":"noon")"),
        u"alerts[1].startsAt"_s, u"alerts[1].startsAt: expected time (RFC 3339), got \"noon\""_s);
    row("no time", alert(R"("status":"firing","labels":{})"), u"alerts[1].startsAt"_s,
        u"alerts[1].startsAt: expected time (RFC 3339), got nothing"_s);
    row("time as number", alert(R"("status":"firing","labels":{},"startsAt":5)"),
        u"alerts[1].startsAt"_s, u"alerts[1].startsAt: expected time (RFC 3339)"_s);
}

void AdaptersTest::refusesABadWebhook()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, message);
    const auto reports = reportsFromAlertmanager(body, context);
    QVERIFY(!reports);
    QTEST(reports.error().code, "code");
    QTEST(reports.error().where, "where");
    QVERIFY2(reports.error().message.startsWith(message), qPrintable(reports.error().message));
}

void AdaptersTest::knowsTheWordsForASeverity()
{
    SeverityTable table;
    QCOMPARE(table.find(u"critical"_s), Severity::Critical);
    QCOMPARE(table.find(u" Page "_s), Severity::Critical);
    QCOMPARE(table.find(u"WARN"_s), Severity::Warning);
    QCOMPARE(table.find(u"P5"_s), Severity::Info);
    QCOMPARE(table.find(u"purple"_s), Severity::Unknown);
    QCOMPARE(table.find({}), Severity::Unknown);
    table.set(u"Purple"_s, Severity::Warning);
    table.set(u"page"_s, Severity::Info);
    QCOMPARE(table.find(u"pURPLE"_s), Severity::Warning);
    QCOMPARE(table.find(u"page"_s), Severity::Info);
}

void AdaptersTest::warnsOfAlertsThatAreLeftOut()
{
    auto body = payload("group-firing.json");
    QVERIFY(body.contains("\"truncatedAlerts\":0"));
    const auto whole = reportsFromAlertmanager(body, context);
    QCOMPARE(whole->last().status, ReportStatus::Resolved);
    body.replace("\"truncatedAlerts\":0", "\"truncatedAlerts\":7");
    const auto cut = reportsFromAlertmanager(body, context);
    QVERIFY(cut);
    const IncidentReport &warning = cut->last();
    QVERIFY(warning.isAboutSource);
    QCOMPARE(warning.status, ReportStatus::Firing);
    QCOMPARE(warning.severity, Severity::Warning);
    QVERIFY2(warning.title.startsWith(u"7 alerts"), qPrintable(warning.title));
    QCOMPARE(warning.fingerprint, whole->last().fingerprint);
    QCOMPARE(std::ranges::count(*cut, true, &IncidentReport::isAboutSource), 1);
}

void AdaptersTest::readsGrafana()
{
    const auto reports = reportsFromGrafana(payload("two-firing.json", u"grafana"_s), context);
    QVERIFY2(reports, qPrintable(reports ? QString() : reports.error().message));
    QCOMPARE(reports->size(), 3);
    const IncidentReport &memory = reports->at(0);
    QCOMPARE(memory.source, u"grafana"_s);
    QCOMPARE(memory.fingerprint, u"c6eadffa33fcdf37"_s);
    QCOMPARE(memory.status, ReportStatus::Firing);
    QCOMPARE(memory.title, u"This alert was triggered for zone us-1"_s);
    QCOMPARE(memory.severity, Severity::Unknown); // it names none
    QCOMPARE(memory.startsAt, utc("2021-10-12T07:51:03.157Z"));
    QVERIFY(!memory.endsAt);
    QCOMPARE(memory.links.size(), 3);
    QCOMPARE(memory.links.at(1).title, u"Runbook"_s);
    QCOMPARE(memory.links.at(2).title, u"Silence"_s);
    const IncidentReport &cpu = reports->at(1);
    QCOMPARE(cpu.status, ReportStatus::Resolved);
    QCOMPARE(cpu.severity, Severity::Critical);
    QCOMPARE(cpu.endsAt, utc("2021-10-12T08:06:03.157Z"));
    QCOMPARE(cpu.links.at(2).url, u"https://play.grafana.org/d/abc?viewPanel=2"_s);
    QVERIFY(reports->at(2).isAboutSource);
}

void AdaptersTest::refusesGrafanasLegacyForm()
{
    const auto reports = reportsFromGrafana(payload("legacy.json", u"grafana"_s), context);
    QVERIFY(!reports);
    QVERIFY2(reports.error().message.contains(u"legacy"), qPrintable(reports.error().message));
    QVERIFY(!reportsFromGrafana("{}", context));
}

void AdaptersTest::readsUptimeKuma()
{
    const auto down = reportsFromUptimeKuma(payload("down.json", u"uptime-kuma"_s), context);
    QVERIFY2(down, qPrintable(down ? QString() : down.error().message));
    QCOMPARE(down->size(), 1);
    const IncidentReport &report = down->first();
    QCOMPARE(report.source, u"uptime-kuma"_s);
    QCOMPARE(report.fingerprint, u"29"_s);
    QCOMPARE(report.status, ReportStatus::Firing);
    QCOMPARE(report.title, u"Shop front is down"_s);
    QCOMPARE(report.severity, Severity::Critical);
    QCOMPARE(report.startsAt, utc("2024-09-24T23:51:35.527Z"));
    QCOMPARE(report.labels.value(u"service"_s), u"shop"_s);
    QCOMPARE(report.annotations.value(u"description"_s), u"getaddrinfo ENOTFOUND test.com"_s);
    QCOMPARE(report.links.first().url, u"https://test.com"_s);
    QVERIFY(report.monitor);
    QCOMPARE(report.monitor->monitorUuid, u"uptime-kuma:29"_s);
    QCOMPARE(report.monitor->name, u"Shop front"_s);
    QCOMPARE(report.monitor->status, MonitorState::Down);
    QCOMPARE(report.monitor->changedAt, report.startsAt);
    const auto up = reportsFromUptimeKuma(payload("up.json", u"uptime-kuma"_s), context);
    QCOMPARE(up->first().status, ReportStatus::Resolved);
    QCOMPARE(up->first().monitor->status, MonitorState::Up);
    QCOMPARE(up->first().fingerprint, u"29"_s);
    QCOMPARE(up->first().endsAt, utc("2024-09-24T23:53:35.031Z"));
    const auto with = [&](const QByteArray &status) {
        return reportsFromUptimeKuma(payload("down.json", u"uptime-kuma"_s)
                                         .replace("\"status\": 0", "\"status\": " + status),
            context);
    };
    // Pending, and under maintenance: not up, so that nothing ends.
    QVERIFY(with("2") && with("2")->isEmpty());
    QVERIFY(with("3") && with("3")->isEmpty());
    QVERIFY(!with("4"));
}

void AdaptersTest::readsUptimeKumasTestMessage()
{
    const auto reports = reportsFromUptimeKuma(payload("test.json", u"uptime-kuma"_s), context);
    QVERIFY(reports);
    QVERIFY(reports->isEmpty());
}

// Its warnings about certificates are about no heartbeat, and are sent once.
void AdaptersTest::readsUptimeKumasNotices()
{
    const auto notice = [](int days) {
        return reportsFromUptimeKuma(u"{\"heartbeat\":null,\"monitor\":null,\"msg\":\"[Shop]"
                                     "[https://shop.example.com] server certificate"
                                     " shop.example.com will expire in %1 days\"}"_s.arg(days)
                                         .toUtf8(),
            context);
    };
    const auto soon = notice(14);
    QVERIFY(soon);
    QCOMPARE(soon->size(), 1);
    const IncidentReport &report = soon->first();
    QCOMPARE(report.status, ReportStatus::Firing);
    QCOMPARE(report.severity, Severity::Warning);
    QVERIFY2(report.title.endsWith(u"will expire in 14 days"_s), qPrintable(report.title));
    QVERIFY(!report.monitor);
    QCOMPARE(notice(7)->first().fingerprint, report.fingerprint);
    // Of two hosts.
    const auto of = [](const char *host) {
        return reportsFromUptimeKuma(QByteArray("{\"heartbeat\":null,\"monitor\":null,\"msg\":\"")
                + host + " will expire in 14 days\"}",
            context)
            ->first()
            .fingerprint;
    };
    QVERIFY(of("web1") != of("web2"));
}

// It says each thing once, and says no more when its clock has been put right.
void AdaptersTest::opensWhatIsDownAgainByAnEarlierClock()
{
    const auto beat = [](int status, const char *time) {
        return reportsFromUptimeKuma(
            QByteArray(R"({"monitor":{"id":1,"name":"web"},"heartbeat":{"status":)")
                + QByteArray::number(status) + R"(,"time":"2026-11-28 )" + time + "\"}}",
            context)
            ->first();
    };
    std::optional<StoredIncident> latest;
    for (const IncidentReport &report :
        {beat(0, "13:00:00"), beat(1, "13:05:00"), beat(0, "12:10:00")}) {
        const FoldResult result = foldReport(latest, report, context.receivedAt, u"1"_s);
        QVERIFY(result.stored);
        latest = result.stored;
    }
    QCOMPARE(latest->incident.status, IncidentStatus::Open);
}

void AdaptersTest::saysThatNothingWasMeasured()
{
    const auto titleOf = [](const char *name) {
        return reportsFromGrafana(
            QByteArray(R"({"alerts":[{"status":"firing","labels":{"alertname":")") + name
                + R"(","rulename":"Disk"},"annotations":{"summary":"Disk is 97 % full"},
                "startsAt":"2026-11-28T12:00:00Z"}]})",
            context)
            ->first()
            .title;
    };
    QCOMPARE(titleOf("DatasourceNoData"), u"No data: Disk"_s);
    QCOMPARE(titleOf("DatasourceError"), u"Cannot be evaluated: Disk"_s);
    QCOMPARE(titleOf("Disk"), u"Disk is 97 % full"_s);
}

void AdaptersTest::refusesWhatIsNotUptimeKumas()
{
    QVERIFY(!reportsFromUptimeKuma("{}", context));
    QVERIFY(!reportsFromUptimeKuma(R"({"heartbeat":{"status":0},"monitor":{"id":"x"}})", context));
}

QTEST_GUILESS_MAIN(AdaptersTest)
#include "tst_adapters.moc"
