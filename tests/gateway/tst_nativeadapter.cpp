// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/nativeadapter.h"
#include "gateway/rfc3339.h"

#include <QRegularExpression>
#include <QTest>

#include <sys/resource.h>

using namespace tocsin;
using namespace Qt::StringLiterals;

namespace {

constexpr auto receivedAt = Timestamp(std::chrono::milliseconds(1'800'000'000'000));

const IngestContext context{.receivedAt = receivedAt};

Timestamp utc(const char *text)
{
    return parseRfc3339(text).value();
}

/// The most memory that this program has had so far, in KiB.
long mostMemory()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

} // namespace

class NativeAdapterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u".*"_s)); }
    void readsReports();
    void takesWhatComesLaterForLater();
    void refusesABadReport_data();
    void refusesABadReport();
    void refusesMillionsThatSayNothingAtTheFirst();
};

void NativeAdapterTest::readsReports()
{
    const auto reports = reportsFromNative(
        R"([{"key":"disk","title":" Disk full ","severity":"critical","startsAt":1795203516000,
             "source":"cron","service":"backup","labels":{"host":"a"},"annotations":{"b":"c"},
             "links":[{"title":"Docs","url":"mailto:ops@example.com"}],"rooms":["r","s"],"more":1},
            {"fingerprint":"disk","status":"resolved","endsAt":"2026-11-20T19:38:43Z"}])",
        context);
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
    QCOMPARE(reports->last().startsAt, Timestamp()); // an end that names no beginning
    QCOMPARE(reports->last().endsAt, utc("2026-11-20T19:38:43Z"));

    const auto one = reportsFromNative(R"({"fingerprint":"f","title":"t"})", context);
    QVERIFY(one && one->size() == 1);
    QCOMPARE(one->first().severity, Severity::Unknown);
}

void NativeAdapterTest::takesWhatComesLaterForLater()
{
    const auto reports = reportsFromNative(R"([{"key":"k","title":"t"},
        {"key":"k","title":"t","status":"resolved"}, {"key":"k","title":"t"}])",
        context);
    QVERIFY(reports);
    std::optional<StoredIncident> latest;
    for (const IncidentReport &report : *reports) {
        const auto result = foldReport(latest, report, receivedAt, u"u"_s);
        QVERIFY(result.stored);
        latest = result.stored;
    }
    QCOMPARE(latest->incident.status, IncidentStatus::Open);
}

void NativeAdapterTest::refusesABadReport_data()
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

void NativeAdapterTest::refusesABadReport()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, where);
    const auto reports = reportsFromNative(body, context);
    QVERIFY(!reports);
    QCOMPARE(reports.error().where, where);
    QVERIFY2(
        reports.error().message.startsWith(where + u": "_s), qPrintable(reports.error().message));
}

void NativeAdapterTest::refusesMillionsThatSayNothingAtTheFirst()
{
    constexpr qsizetype many = 2'000'000;
    const QByteArray body = "[" + QByteArray("{},").repeated(many) + "{}]";
    const long before = mostMemory();
    const auto reports = reportsFromNative(body, context);
    QVERIFY(!reports);
    QCOMPARE(reports.error().where, u"[0].fingerprint"_s);
    // What is kept of a text while it is read, and not a report for each.
    const long grown = mostMemory() - before;
    QVERIFY2(grown < 200 * 1024, qPrintable(u"%1 KiB"_s.arg(grown)));
}

QTEST_GUILESS_MAIN(NativeAdapterTest)
#include "tst_nativeadapter.moc"
