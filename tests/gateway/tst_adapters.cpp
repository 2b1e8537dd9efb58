// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/alertmanageradapter.h"
#include "gateway/nativeadapter.h"
#include "gateway/rfc3339.h"

#include <QFile>
#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr auto receivedAt = Timestamp(std::chrono::milliseconds(1'800'000'000'000));

QByteArray payload(const char *name)
{
    QFile file(QStringLiteral(TOCSIN_TEST_DATA "/alertmanager/") + QLatin1StringView(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
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
    void shows_data();
    void shows();
    void namesAnAlertAsAlertmanagerDoes();
    void refusesABadWebhook_data();
    void refusesABadWebhook();
    void readsNativeReports();
    void refusesABadNativeReport_data();
    void refusesABadNativeReport();
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
    const auto reports = reportsFromAlertmanager(payload("group-firing.json"), receivedAt);
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
    const auto reports = reportsFromAlertmanager(payload("group-one-resolved.json"), receivedAt);
    QVERIFY(reports);
    QCOMPARE(reports->first().status, ReportStatus::Resolved);
    QCOMPARE(reports->first().endsAt, utc("2026-11-20T19:38:43Z"));
    QCOMPARE(reports->last().status, ReportStatus::Firing);
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
    QTest::newRow("another word") << R"({"alertname":"Up","severity":"page"})"_ba
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
        receivedAt);
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
        const auto reports = reportsFromAlertmanager(payload(name), receivedAt);
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
    const auto reports = reportsFromAlertmanager(body, receivedAt);
    QVERIFY(!reports);
    QTEST(reports.error().code, "code");
    QTEST(reports.error().where, "where");
    QVERIFY2(reports.error().message.startsWith(message), qPrintable(reports.error().message));
}

void AdaptersTest::readsNativeReports()
{
    const auto reports = reportsFromNative(
        R"([{"key":"disk","title":" Disk full ","severity":"critical","startsAt":1795203516000,
             "source":"cron","service":"backup","labels":{"host":"a"},"annotations":{"b":"c"},
             "links":[{"title":"Docs","url":"mailto:ops@example.com"}],"rooms":["r","s"],"more":1},
            {"fingerprint":"disk","status":"resolved","endsAt":"2026-11-20T19:38:43Z"}])",
        receivedAt);
    QVERIFY2(reports, qPrintable(reports ? QString() : reports.error().message));
    QCOMPARE(reports->first(),
        (IncidentReport{.source = u"cron"_s,
            .fingerprint = u"disk"_s,
            .status = ReportStatus::Firing,
            .title = u"Disk full"_s,
            .severity = Severity::Critical,
            .service = u"backup"_s,
            .startsAt = utc("2026-11-20T19:38:36Z"),
            .endsAt = {},
            .labels = {{u"host"_s, u"a"_s}},
            .annotations = {{u"b"_s, u"c"_s}},
            .links = {{u"Docs"_s, u"mailto:ops@example.com"_s}},
            .rooms = {u"r"_s, u"s"_s}}));
    QCOMPARE(reports->last().status, ReportStatus::Resolved);
    QCOMPARE(reports->last().source, u"native"_s);
    QCOMPARE(reports->last().startsAt, receivedAt);
    QCOMPARE(reports->last().endsAt, utc("2026-11-20T19:38:43Z"));

    const auto one = reportsFromNative(R"({"fingerprint":"f","title":"t"})", receivedAt);
    QVERIFY(one && one->size() == 1);
    QCOMPARE(one->first().severity, Severity::Unknown);
}

void AdaptersTest::refusesABadNativeReport_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("where");
    const auto row = [](const char *name, const char *body, const char *where) {
        QTest::newRow(name) << QByteArray(body) << QString::fromUtf8(where);
    };
    row("no fingerprint", R"({"title":"t"})", "fingerprint");
    row("no title", R"([{"key":"a","title":"t"},{"key":"b"}])", "[1].title");
    row("status", R"({"key":"a","title":"t","status":"x"})", "status");
    row("severity", R"({"key":"a","title":"t","severity":1})", "severity");
    row("time", R"([{"key":"a","title":"t","startsAt":"x"}])", "[0].startsAt");
    row("time of another type", R"([{"key":"a","title":"t","startsAt":[]}])", "[0].startsAt");
    row("link", R"({"key":"a","title":"t","links":[{"title":"x","url":"javascript:1"}]})",
        "links[0].url");
    row("room", R"({"key":"a","title":"t","rooms":["x",""]})", "rooms[1]");
    row("room with a line end", R"({"key":"a","title":"t","rooms":["x\ny"]})", "rooms[0]");
    row("label", R"({"key":"a","title":"t","labels":{"l":null}})", "labels.l");
}

void AdaptersTest::refusesABadNativeReport()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, where);
    const auto reports = reportsFromNative(body, receivedAt);
    QVERIFY(!reports);
    QCOMPARE(reports.error().where, where);
    QVERIFY2(
        reports.error().message.startsWith(where + u": "_s), qPrintable(reports.error().message));
}

QTEST_GUILESS_MAIN(AdaptersTest)
#include "tst_adapters.moc"
