// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/metrics_p.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <sys/resource.h>
#include <unistd.h>

namespace tocsin {

namespace {

constexpr std::array sourceNames{"alertmanager", "grafana", "uptime-kuma", "cloudevents", "native"};
constexpr std::array refusalNames{"address", "total", "dropped"};
constexpr std::array resultNames{"accepted", "refused", "failed"};

QByteArray number(double value)
{
    return QByteArray::number(value, 'g', 15);
}

void describe(
    QByteArray &to, const QByteArray &name, const QByteArray &type, const QByteArray &help)
{
    to += "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
}

void write(QByteArray &to, const QByteArray &name, const QByteArray &type, const QByteArray &help,
    const QByteArray &value)
{
    describe(to, name, type, help);
    to += name + ' ' + value + '\n';
}

void write(QByteArray &to, const QByteArray &name, const QByteArray &type, const QByteArray &help,
    const Count &count)
{
    write(to, name, type, help, QByteArray::number(count.value()));
}

// A counter with a label.
void writeByName(QByteArray &to, const QByteArray &name, const QByteArray &type,
    const QByteArray &help, const QByteArray &label,
    std::initializer_list<std::pair<const char *, const Count *>> counts)
{
    describe(to, name, type, help);
    for (const auto &[value, count] : counts) {
        to += name + '{' + label + "=\"" + value + "\"} " + QByteArray::number(count->value())
            + '\n';
    }
}

double processorSeconds()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds
        = [](const timeval &time) { return double(time.tv_sec) + 1e-6 * double(time.tv_usec); };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

qint64 residentBytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * ::sysconf(_SC_PAGESIZE);
}

void writeProcess(QByteArray &to)
{
    write(to, "process_cpu_seconds_total", "counter", "User and system time used.",
        number(processorSeconds()));
    write(to, "process_resident_memory_bytes", "gauge", "Memory in use.",
        QByteArray::number(residentBytes()));
    const auto files = QDir(QStringLiteral("/proc/self/fd"))
                           .entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System);
    write(to, "process_open_fds", "gauge", "Open file descriptors.",
        QByteArray::number(files.size()));
}

} // namespace

void DurationHistogram::add(std::chrono::nanoseconds duration)
{
    const double seconds = std::chrono::duration<double>(duration).count();
    std::size_t bucket = 0;
    while (bucket < bounds.size() && seconds > bounds[bucket])
        ++bucket;
    m_buckets[bucket].add();
    m_nanoseconds.add(duration.count());
}

void DurationHistogram::write(QByteArray &to, const QByteArray &name, const QByteArray &help) const
{
    describe(to, name, "histogram", help);
    qint64 total = 0;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        total += m_buckets[i].value();
        const QByteArray bound = i < bounds.size() ? number(bounds[i]) : QByteArray("+Inf");
        to += name + "_bucket{le=\"" + bound + "\"} " + QByteArray::number(total) + '\n';
    }
    to += name + "_sum " + number(double(m_nanoseconds.value()) / 1e9) + '\n';
    to += name + "_count " + QByteArray::number(total) + '\n';
}

QByteArray GatewayMetrics::text() const
{
    QByteArray to;
    write(
        to, "tocsin_gateway_http_connections", "gauge", "Open HTTP connections.", httpConnections);
    write(to, "tocsin_gateway_sessions", "gauge", "Open WebSocket sessions.", sessions);
    write(to, "tocsin_gateway_messages_received_total", "counter",
        "Frames that sessions have sent.", messagesReceived);
    write(to, "tocsin_gateway_messages_sent_total", "counter", "Frames sent to sessions.",
        messagesSent);
    write(to, "tocsin_gateway_sent_bytes_total", "counter", "Bytes of the frames sent to sessions.",
        bytesSent);
    write(to, "tocsin_gateway_slow_consumers_total", "counter",
        "Sessions closed because they did not read.", slowConsumers);
    write(to, "tocsin_gateway_rate_limited_total", "counter",
        "Sessions closed because they sent too much.", rateLimited);
    describe(to, "tocsin_gateway_refused_connections_total", "counter",
        "Connections, and requests behind a proxy, refused because there are too many.");
    for (std::size_t reason = 0; reason < refusalNames.size(); ++reason) {
        to += "tocsin_gateway_refused_connections_total{reason=\""
            + QByteArray(refusalNames[reason]) + "\"} "
            + QByteArray::number(refusedConnections[reason].value()) + '\n';
    }
    writeByName(to, "tocsin_gateway_joins_total", "counter",
        "Rooms joined, by what the session was given.", "outcome",
        {{"replay", &replays}, {"snapshot", &snapshots}, {"refused", &joinsRefused}});
    describe(to, "tocsin_gateway_ingest_requests_total", "counter",
        "POSTs of reports, by sender and result.");
    for (std::size_t source = 0; source < sourceNames.size(); ++source) {
        for (std::size_t result = 0; result < resultNames.size(); ++result) {
            to += "tocsin_gateway_ingest_requests_total{source=\"" + QByteArray(sourceNames[source])
                + "\",result=\"" + resultNames[result] + "\"} "
                + QByteArray::number(ingest[source][result].value()) + '\n';
        }
    }
    write(to, "tocsin_gateway_reports_total", "counter", "Reports accepted.", reports);
    write(to, "tocsin_gateway_silent_sources", "gauge",
        "Sources that were not heard for longer than expected.", silentSources);
    writeByName(to, "tocsin_gateway_source_readings_total", "counter",
        "Times that a source was asked what is active.", "result",
        {{"read", &readings}, {"failed", &failedReadings}});
    writeByName(to, "tocsin_gateway_reconciled_incidents_total", "counter",
        "Incidents that asking has changed here.", "change",
        {{"opened", &reconciledOpened}, {"ended", &reconciledEnded}});
    write(to, "tocsin_gateway_log_queue", "gauge",
        "Posts, commands and joins that wait for the log.", logQueue);
    write(to, "tocsin_gateway_log_failures_total", "counter",
        "Times that the log could not be read or written.", logFailures);
    commits.write(to, "tocsin_gateway_log_commit_seconds",
        "Time that a transaction took, until it was on disk.");
    describe(to, "tocsin_gateway_build_info", "gauge", "The version that runs.");
    to += "tocsin_gateway_build_info{version=\""
        + QCoreApplication::applicationVersion().toUtf8().replace('"', '\'') + "\"} 1\n";
    writeProcess(to);
    return to;
}

} // namespace tocsin
