// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

using namespace tocsin;
using namespace tocsin::test;

/// Gateway::ingest(): a program reports to the gateway that it holds, as anybody else would by a
/// POST.
class IngestTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void takesWhatFiresAgain();
    void showsByTheRoutes();
    void refusesWhatAPostWouldBeRefusedFor_data();
    void refusesWhatAPostWouldBeRefusedFor();

private:
    [[nodiscard]] QJsonArray shown(const QString &room)
    {
        QUrl url = m_url.resolved(QUrl(u"/api/incidents"_s));
        url.setQuery(u"room="_s + room);
        return request("GET", url).json()[u"incidents"_s].toArray();
    }
};

void IngestTest::takesWhatFiresAgain()
{
    start();
    const qint64 before = QDateTime::currentMSecsSinceEpoch();
    IncidentReport report{
        .source = u"s"_s, .fingerprint = u"1"_s, .title = u"t"_s, .severity = Severity::Critical};
    for (int i = 0; i < 2; ++i) {
        report.status = ReportStatus::Firing;
        QCOMPARE(m_gateway->ingest({report}).result(), 1);
        const QJsonArray open = shown(u"account:default"_s);
        QCOMPARE(open.size(), 1);
        QCOMPARE_GE(open[0][u"createdAt"_s].toInteger(), before);
        report.status = ReportStatus::Resolved;
        QCOMPARE(m_gateway->ingest({report}).result(), 1);
        QVERIFY(shown(u"account:default"_s).isEmpty());
    }
}

void IngestTest::showsByTheRoutes()
{
    const Route route{.match = {{u"source"_s, {u"s"_s}}}, .rooms = {u"team:a"_s}};
    GatewayConfiguration configuration;
    configuration.routes = {route};
    start(configuration);
    QCOMPARE(
        m_gateway->ingest({{.source = u"s"_s, .fingerprint = u"1"_s, .title = u"t"_s}}).result(),
        1);
    QCOMPARE(shown(u"team:a"_s).size(), 1);
    QVERIFY(shown(u"account:default"_s).isEmpty());
}

void IngestTest::refusesWhatAPostWouldBeRefusedFor_data()
{
    QTest::addColumn<IncidentReport>("report");
    QTest::addColumn<QString>("where");
    const IncidentReport right{.source = u"s"_s, .fingerprint = u"1"_s, .title = u"t"_s};
    const auto row = [&](const char *name, const QString &where, auto spoil) {
        IncidentReport report = right;
        spoil(report);
        QTest::newRow(name) << report << where;
    };
    row("no name of its own", u"fingerprint"_s, [](auto &report) { report.fingerprint.clear(); });
    row("no title", u"title"_s, [](auto &report) { report.title = u"  "_s; });
    row("a room without a name", u"rooms[0]"_s, [](auto &report) { report.rooms = {QString()}; });
    row("as the gateway itself", u"source"_s, [](auto &report) { report.source = u"gateway"_s; });
}

void IngestTest::refusesWhatAPostWouldBeRefusedFor()
{
    QFETCH(const IncidentReport, report);
    start();
    const IncidentReport right{.source = u"s"_s, .fingerprint = u"2"_s, .title = u"t"_s};
    const Expected<int> taken = m_gateway->ingest({right, report}).result();
    QVERIFY(!taken);
    QCOMPARE(taken.error().code, ErrorCode::InvalidPayload);
    QTEST(taken.error().where, "where");
    QVERIFY(shown(u"account:default"_s).isEmpty()); // all or none
}

QTEST_GUILESS_MAIN(IngestTest)
#include "tst_ingest.moc"
