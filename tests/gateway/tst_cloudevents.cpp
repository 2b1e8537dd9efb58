// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/cloudeventsadapter.h"
#include "gateway/rfc3339.h"

#include <QTest>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr auto receivedAt = Timestamp(std::chrono::milliseconds(1'800'000'000'000));

const IngestContext context{.receivedAt = receivedAt};

Timestamp utc(const char *text)
{
    return parseRfc3339(text).value();
}

} // namespace

class CloudEventsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void readsACloudEvent();
    void readsCloudEventsInABatch();
    void readsACloudEventOfHeaders();
    void knowsTheEndOfACloudEvent();
    void passesOverForeignData();
    void readsDataInBase64();
    void readsWhatItsContentTypeSays();
    void takesWhatComesLaterForLater();
    void refusesABadCloudEvent_data();
    void refusesABadCloudEvent();
};

namespace {

const QByteArray cloudEvent = R"({"specversion":"1.0","type":"com.example.disk.full",
    "source":"/hosts/db-3","subject":"/var","id":"A234-1234-1234","time":"2026-04-05T17:31:00Z",
    "comexampleextension":"value","datacontenttype":"application/json",
    "data":{"title":"Disk /var is full","severity":"high","service":"orders-db",
            "labels":{"mountpoint":"/var"},"more":[1,2]}})";

} // namespace

void CloudEventsTest::readsACloudEvent()
{
    const auto reports = reportsFromCloudEvents(cloudEvent, context);
    QVERIFY2(reports, qPrintable(reports ? QString() : reports.error().message));
    QCOMPARE(reports->size(), 1);
    const IncidentReport &report = reports->first();
    QCOMPARE(report.source, u"/hosts/db-3"_s);
    QCOMPARE(report.fingerprint, u"/var"_s);
    QCOMPARE(report.title, u"Disk /var is full"_s);
    QCOMPARE(report.severity, Severity::Critical);
    QCOMPARE(report.service, u"orders-db"_s);
    QCOMPARE(report.startsAt, utc("2026-04-05T17:31:00Z"));
    QCOMPARE(report.labels.value(u"mountpoint"_s), u"/var"_s);
    QCOMPARE(report.labels.value(u"type"_s), u"com.example.disk.full"_s);
    // Without data that says more, and without a subject.
    const auto bare = reportsFromCloudEvents(
        R"({"specversion":"1.0","type":"t","source":"s","id":"i","data":"text"})", context);
    QVERIFY(bare);
    QCOMPARE(bare->first().fingerprint, u"i"_s);
    QCOMPARE(bare->first().title, u"t"_s);
    QCOMPARE(bare->first().severity, Severity::Unknown);
    QCOMPARE(bare->first().startsAt, receivedAt);
}

void CloudEventsTest::readsCloudEventsInABatch()
{
    auto batch = context;
    batch.contentType = "application/cloudevents-batch+json";
    const auto reports = reportsFromCloudEvents(
        "[" + cloudEvent + "," + QByteArray(cloudEvent).replace("/var\"", "/tmp\"") + "]", batch);
    QVERIFY2(reports, qPrintable(reports ? QString() : reports.error().message));
    QCOMPARE(reports->size(), 2);
    QCOMPARE(reports->at(1).fingerprint, u"/tmp"_s);
    QVERIFY(reportsFromCloudEvents("[]", batch)->isEmpty());
    const auto bad = reportsFromCloudEvents("[" + cloudEvent + ",{}]", batch);
    QVERIFY(!bad);
    QVERIFY2(bad.error().message.contains(u"[1]"), qPrintable(bad.error().message));
}

void CloudEventsTest::readsACloudEventOfHeaders()
{
    auto headers = context;
    headers.contentType = "application/json";
    headers.cloudEvent = {{"ce-specversion", "1.0"}, {"ce-id", "i"}, {"ce-source", "/hosts/db-3"},
        {"ce-type", "com.example.disk.full"}, {"ce-subject", "Gr%C3%B6%C3%9Fe"},
        {"ce-time", "2026-04-05T17:31:00Z"}, {"ce-severity", "warning"}};
    const auto reports = reportsFromCloudEvents(R"( {"service":"orders-db"})", headers);
    QVERIFY2(reports, qPrintable(reports ? QString() : reports.error().message));
    const IncidentReport &report = reports->first();
    QCOMPARE(report.fingerprint, u"Größe"_s);
    QCOMPARE(report.title, u"com.example.disk.full: Größe"_s);
    QCOMPARE(report.severity, Severity::Warning);
    QCOMPARE(report.service, u"orders-db"_s);
    QCOMPARE(report.startsAt, utc("2026-04-05T17:31:00Z"));
    headers.cloudEvent.remove("ce-id");
    QVERIFY(!reportsFromCloudEvents("{}", headers));
}

void CloudEventsTest::knowsTheEndOfACloudEvent()
{
    const auto statusOf = [](const char *type, const char *data) {
        return reportsFromCloudEvents(QByteArray(R"({"specversion":"1.0","type":")") + type
                + R"(","source":"s","id":"i","time":"2026-04-05T17:31:00Z","data":)" + data + "}",
            context)
            ->first();
    };
    QCOMPARE(statusOf("disk.full", "{}").status, ReportStatus::Firing);
    QCOMPARE(statusOf("disk.Resolved", "{}").status, ReportStatus::Resolved);
    QCOMPARE(statusOf("disk.Resolved", "{}").endsAt, utc("2026-04-05T17:31:00Z"));
    QCOMPARE(statusOf("disk.full", R"({"status":"resolved"})").status, ReportStatus::Resolved);
    QCOMPARE(statusOf("disk.closed", R"({"status":"firing"})").status, ReportStatus::Firing);
}

// What is called as ours is, and is something else.
void CloudEventsTest::passesOverForeignData()
{
    const auto read = [](const char *data, const char *more = "") {
        return reportsFromCloudEvents(
            QByteArray(R"({"specversion":"1.0","type":"pod.failed","source":"s","id":"i","data":)")
                + data + more + "}",
            context);
    };
    const auto pod = read(R"({"kind":"Pod","status":{"phase":"Failed"},"labels":["a"],"title":7,
        "startsAt":"yesterday","key":null})");
    QVERIFY2(pod, qPrintable(pod ? QString() : pod.error().message));
    QCOMPARE(pod->first().status, ReportStatus::Firing);
    QCOMPARE(pod->first().title, u"pod.failed"_s);
    QCOMPARE(pod->first().startsAt, receivedAt);
    QCOMPARE(read(R"({"status":"Failed"})")->first().status, ReportStatus::Firing);
    QCOMPARE(read(R"({"status":"Resolved"})")->first().status, ReportStatus::Resolved);
    QCOMPARE(read(R"({"severity":2})")->first().severity, Severity::Critical);
    QCOMPARE(read("{}", R"(,"severity":3)")->first().severity, Severity::Warning);
    QCOMPARE(read("{}", R"(,"severity":"high")")->first().severity, Severity::Critical);
    const auto labels = read(R"({"labels":{"port":443,"on":true,"of":{"x":1}}})")->first().labels;
    QCOMPARE(labels.value(u"port"_s), u"443"_s);
    QCOMPARE(labels.value(u"on"_s), u"true"_s);
    QVERIFY(!labels.contains(u"of"_s));
}

void CloudEventsTest::readsDataInBase64()
{
    const auto read = [](const QByteArray &base64) {
        return reportsFromCloudEvents(
            R"({"specversion":"1.0","type":"t","source":"s","id":"i","data_base64":")" + base64
                + "\"}",
            context);
    };
    const auto end = read(QByteArray(R"({"status":"resolved","title":"Over"})").toBase64());
    QVERIFY(end);
    QCOMPARE(end->first().status, ReportStatus::Resolved);
    QCOMPARE(end->first().title, u"Over"_s);
    QCOMPARE(read(QByteArray("\x00\xff", 2).toBase64())->first().status, ReportStatus::Firing);
    QVERIFY(!read("%"));
}

void CloudEventsTest::readsWhatItsContentTypeSays()
{
    auto both = context;
    both.contentType = "application/cloudevents+json";
    both.cloudEvent = {{"ce-specversion", "1.0"}, {"ce-id", "other"}, {"ce-source", "other"},
        {"ce-type", "other"}};
    const auto reports = reportsFromCloudEvents(
        R"({"specversion":"1.0","type":"t.resolved","source":"s","id":"i"})", both);
    QVERIFY(reports);
    QCOMPARE(reports->first().source, u"s"_s);
    QCOMPARE(reports->first().status, ReportStatus::Resolved);
}

// `time` is optional.
void CloudEventsTest::takesWhatComesLaterForLater()
{
    auto batch = context;
    batch.contentType = "application/cloudevents-batch+json";
    const auto event = [](const QByteArray &type) {
        return R"({"specversion":"1.0","type":")" + type
            + R"(","source":"s","subject":"x","id":"i"})";
    };
    const auto reports = reportsFromCloudEvents(
        "[" + event("x.failed") + "," + event("x.resolved") + "," + event("x.failed") + "]", batch);
    QVERIFY(reports);
    std::optional<StoredIncident> latest;
    for (const IncidentReport &report : *reports) {
        const FoldResult result = foldReport(latest, report, receivedAt, QString::number(1));
        QVERIFY(result.stored);
        latest = result.stored;
    }
    QCOMPARE(latest->incident.status, IncidentStatus::Open);
}

void CloudEventsTest::refusesABadCloudEvent_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("word");
    const auto row = [](const char *name, const char *from, const char *to, const QString &word) {
        QTest::newRow(name) << QByteArray(cloudEvent).replace(from, to) << word;
    };
    row("another version", "\"1.0\"", "\"0.3\"", u"specversion"_s);
    row("no type", "\"type\":\"com.example.disk.full\"", "\"x\":1", u"type"_s);
    row("no source", "\"/hosts/db-3\"", "\"\"", u"source"_s);
    row("no time", "2026-04-05T17:31:00Z", "yesterday", u"time"_s);
    QTest::newRow("no JSON") << QByteArray("x") << u"JSON"_s;
}

void CloudEventsTest::refusesABadCloudEvent()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, word);
    const auto reports = reportsFromCloudEvents(body, context);
    QVERIFY(!reports);
    QVERIFY2(reports.error().message.contains(word), qPrintable(reports.error().message));
}

QTEST_GUILESS_MAIN(CloudEventsTest)
#include "tst_cloudevents.moc"
