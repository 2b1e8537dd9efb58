// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gatewaytest.h"

#include <QProcess>
#include <QRegularExpression>
#include <QScopeGuard>

#include <atomic>
#include <sys/mount.h>

using namespace tocsin;
using namespace tocsin::test;

namespace {

/// Prometheus' text format, checked as strictly as its reader does, name and labels to value.
QHash<QString, double> parseMetrics(const QByteArray &text)
{
    static const QRegularExpression sample(
        u"^([a-z_]+)(\\{(?:[a-z]+=\"[^\"\\\\\\n]*\",?)+\\})? ([0-9.e+-]+)$"_s);
    QHash<QString, double> samples;
    QString type;
    QString name;
    if (!text.endsWith('\n'))
        return {};
    for (const QString &line : QString::fromUtf8(text).chopped(1).split(u'\n')) {
        if (line.startsWith(u"# HELP ")) {
            name = line.section(u' ', 2, 2);
            type.clear();
            continue;
        }
        if (line.startsWith(u"# TYPE ")) {
            if (line.section(u' ', 2, 2) != name)
                return {};
            type = line.section(u' ', 3, 3);
            continue;
        }
        const auto match = sample.match(line);
        QString bare = match.captured(1);
        if (type == u"histogram")
            bare.remove(QRegularExpression(u"_(bucket|sum|count)$"_s));
        const bool isWrong = !match.hasMatch() || bare != name || type.isEmpty()
            || (type == u"counter") != name.endsWith(u"_total")
            || samples.contains(match.captured(1) + match.captured(2));
        if (isWrong) {
            qCritical("%ls", qUtf16Printable(line));
            return {};
        }
        samples.insert(match.captured(1) + match.captured(2), match.captured(3).toDouble());
    }
    return samples;
}

} // namespace

/// What those who run a gateway look at, and what it does when its disk is no good.
class OperationsTest : public GatewayTest
{
    Q_OBJECT
private Q_SLOTS:
    void countsWhatItDoes();
    void countsHowLongTheLogTakes();
    void keepsItsMetricsToViewers();
    void documentsEveryMetric();
    void saysThatItIsReady();
    void goesOnWhenTheDiskHasRoomAgain();

private:
    QHash<QString, double> metrics()
    {
        const Answer answer = request("GET", m_url.resolved(QUrl(u"/metrics"_s)));
        if (answer.status != 200 || !answer.headers.value("content-type").startsWith("text/plain"))
            return {};
        return parseMetrics(answer.body);
    }
    int ready() { return request("GET", m_url.resolved(QUrl(u"/readyz"_s))).status; }
};

void OperationsTest::countsWhatItDoes()
{
    start();
    const auto before = metrics();
    QVERIFY(!before.isEmpty());
    QCOMPARE(before.value(u"tocsin_gateway_sessions"_s), 0);
    QVERIFY(before.value(u"tocsin_gateway_http_connections"_s) >= 1);
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"a"_s)).status, 200);
    QCOMPARE(post(m_url, u"/ingest/incident"_s, "{").status, 400);
    QCOMPARE(post(m_url, u"/ingest/grafana"_s, "{}").status, 400);
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(u"account:default"_s) && peer.waitForMessages(2));
    const QJsonObject joined = peer.takeData(u"room.joined"_s);
    peer.send({{u"type"_s, u"room.join"_s}, {u"room"_s, u"account:default"_s},
        {u"since"_s, QJsonObject{{u"epoch"_s, joined[u"epoch"_s]}, {u"seq"_s, joined[u"seq"_s]}}}});
    QVERIFY(!peer.takeData(u"room.joined"_s).isEmpty());
    const auto after = metrics();
    const auto count
        = [&](const QString &name) { return after.value(u"tocsin_gateway_"_s + name); };
    QCOMPARE(count(u"sessions"_s), 1);
    QCOMPARE(count(u"reports_total"_s), 1);
    QCOMPARE(count(u"ingest_requests_total{source=\"native\",result=\"accepted\"}"_s), 1);
    QCOMPARE(count(u"ingest_requests_total{source=\"native\",result=\"refused\"}"_s), 1);
    QCOMPARE(count(u"ingest_requests_total{source=\"grafana\",result=\"refused\"}"_s), 1);
    QCOMPARE(count(u"joins_total{outcome=\"snapshot\"}"_s), 1);
    QCOMPARE(count(u"joins_total{outcome=\"replay\"}"_s), 1);
    QCOMPARE(count(u"messages_received_total"_s), 2);
    QCOMPARE(count(u"messages_sent_total"_s), 3);
    QVERIFY(count(u"sent_bytes_total"_s) > 400);
    QCOMPARE(count(u"log_queue"_s), 0);
    QCOMPARE(count(u"log_failures_total"_s), 0);
    QVERIFY(after.value(u"process_resident_memory_bytes"_s) > 1e6);
    QVERIFY(after.value(u"process_open_fds"_s) > 5);
    peer.socket.close();
    QTRY_COMPARE(metrics().value(u"tocsin_gateway_sessions"_s), 0);
}

void OperationsTest::countsHowLongTheLogTakes()
{
    start();
    for (int i = 0; i < 5; ++i)
        QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(QString::number(i))).status, 200);
    const auto after = metrics();
    const QString name = u"tocsin_gateway_log_commit_seconds"_s;
    QCOMPARE(after.value(name + u"_count"_s), 5);
    QCOMPARE(after.value(name + u"_bucket{le=\"+Inf\"}"_s), 5);
    QVERIFY(after.value(name + u"_bucket{le=\"2.5\"}"_s)
        >= after.value(name + u"_bucket{le=\"0.0005\"}"_s));
    QVERIFY(after.value(name + u"_sum"_s) > 0);
}

void OperationsTest::keepsItsMetricsToViewers()
{
    const QByteArray viewer = token(Role::Viewer);
    start({.tokensFile = tokensFile()});
    const QUrl url = m_url.resolved(QUrl(u"/metrics"_s));
    QCOMPARE(request("GET", url).status, 401);
    QCOMPARE(request("GET", url, {}, {{"Authorization", "Bearer " + viewer}}).status, 200);
    QCOMPARE(ready(), 200); // whoever watches over processes has no token
}

void OperationsTest::documentsEveryMetric()
{
    start();
    QFile file(QStringLiteral(TOCSIN_GATEWAY_PAGE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString page = QString::fromUtf8(file.readAll());
    QStringList documented;
    auto rows = QRegularExpression(u"^\\| `([a-z_]+)"_s, QRegularExpression::MultilineOption)
                    .globalMatch(page.section(u"## Metrics\n"_s, 1).section(u"\n## "_s, 0, 0));
    while (rows.hasNext())
        documented.append(rows.next().captured(1));
    QStringList known;
    const auto text = request("GET", m_url.resolved(QUrl(u"/metrics"_s))).body;
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith("# TYPE "))
            known.append(QString::fromUtf8(line.split(' ').value(2)));
    }
    QVERIFY(known.size() > 10);
    QCOMPARE(documented, known);
}

void OperationsTest::saysThatItIsReady()
{
    start();
    QCOMPARE(ready(), 200);
    QCOMPARE(request("GET", m_url.resolved(QUrl(u"/healthz"_s))).status, 200);
    QCOMPARE(request("POST", m_url.resolved(QUrl(u"/readyz"_s))).status, 405);
}

// A small file system of its own, filled up. Only root may mount one.
void OperationsTest::goesOnWhenTheDiskHasRoomAgain()
{
    const QString disk = m_directory->filePath(u"disk"_s);
    QVERIFY(QDir().mkpath(disk));
    const QByteArray path = QFile::encodeName(disk);
    if (::mount("tmpfs", path.constData(), "tmpfs", 0, "size=2m") != 0)
        QSKIP("Only root may mount a file system.");
    const auto unmount = qScopeGuard([&] {
        m_gateway.reset();
        ::umount(path.constData());
    });
    GatewayConfiguration configuration{.port = 0, .dataDirectory = disk};
    auto gateway = Gateway::start(configuration);
    QVERIFY(gateway);
    m_gateway = std::move(*gateway);
    m_url = m_gateway->httpUrl();
    Peer peer(m_gateway->webSocketUrl());
    QVERIFY(peer.join(u"account:default"_s) && peer.waitForMessages(2));

    QFile filling(disk + u"/filling"_s);
    QVERIFY(filling.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    while (filling.write(QByteArray(4'096, 'x')) == 4'096) { }
    static std::atomic<int> warnings;
    warnings = 0;
    const auto handler
        = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &message) {
              if (message.contains(u"The incident log failed"))
                  ++warnings;
          });
    const auto restore = qScopeGuard([handler] { qInstallMessageHandler(handler); });
    int accepted = 0;
    Answer refusal;
    // Until what the database had set aside is used up.
    for (int i = 0; i < 2'000 && refusal.status == 0; ++i) {
        const Answer answer = post(m_url, u"/ingest/incident"_s, nativeReport(QString::number(i)));
        if (answer.status == 200)
            ++accepted;
        else
            refusal = answer;
    }
    QCOMPARE(refusal.status, 503);
    QCOMPARE(refusal.headers.value("retry-after"), "5"_ba);
    QCOMPARE(refusal.error()[u"code"_s].toString(), u"unavailable"_s);
    QCOMPARE(ready(), 503);
    QVERIFY(warnings > 0);
    QVERIFY(metrics().value(u"tocsin_gateway_log_failures_total"_s) > 0);
    QCOMPARE(request("GET", m_url.resolved(QUrl(u"/healthz"_s))).status, 200);
    QVERIFY(!peer.isClosed);

    QVERIFY(filling.resize(0));
    QTRY_COMPARE(ready(), 200);
    QCOMPARE(post(m_url, u"/ingest/incident"_s, nativeReport(u"after"_s)).status, 200);
    // What was accepted is there, each once and in order, and what was refused is not.
    QTRY_COMPARE(peer.messages.size(), 2 + accepted + 1);
    for (int i = 0; i <= accepted; ++i)
        QCOMPARE(peer.messages[2 + i][u"seq"_s].toInt(), i + 1);
    QCOMPARE(incidents().json()[u"incidents"_s].toArray().size(), accepted + 1);
}

QTEST_GUILESS_MAIN(OperationsTest)
#include "tst_operations.moc"
