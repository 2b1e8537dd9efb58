// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/uptimekumaadapter.h"

#include "gateway/reportedtime_p.h"

#include <QRegularExpression>
#include <QUrl>

namespace tocsin {

namespace {

// As Uptime Kuma numbers them (src/util.ts). It notifies of the first two only: a maintenance
// silences a monitor, and what is pending is checked again first.
enum Status { Down = 0, Up = 1, Pending = 2, Maintenance = 3 };

struct KumaTag {
    QString name;
    QString value;
};

struct KumaMonitor {
    qint64 id = 0;
    QString name;
    std::optional<QString> url;
    std::optional<QString> hostname;
    std::optional<QString> type;
    std::optional<QList<KumaTag>> tags;
};

struct KumaHeartbeat {
    qint64 status = 0;
    std::optional<QString> time;
    std::optional<QString> message;
};

struct KumaWebhook {
    std::optional<KumaHeartbeat> heartbeat;
    std::optional<KumaMonitor> monitor;
    std::optional<QString> message;
};

} // namespace

template <>
struct Schema<KumaTag> {
    static constexpr auto fields = std::tuple{
        required("name", &KumaTag::name),
        optional("value", &KumaTag::value),
    };
};
template <>
struct Schema<KumaMonitor> {
    static constexpr auto fields = std::tuple{
        required("id", &KumaMonitor::id),
        required("name", &KumaMonitor::name),
        optional("url", &KumaMonitor::url),
        optional("hostname", &KumaMonitor::hostname),
        optional("type", &KumaMonitor::type),
        optional("tags", &KumaMonitor::tags),
    };
};
template <>
struct Schema<KumaHeartbeat> {
    static constexpr auto fields = std::tuple{
        required("status", &KumaHeartbeat::status).atLeast(Down).atMost(Maintenance),
        optional("time", &KumaHeartbeat::time),
        optional("msg", &KumaHeartbeat::message),
    };
};
template <>
struct Schema<KumaWebhook> {
    static constexpr auto fields = std::tuple{
        required("heartbeat", &KumaWebhook::heartbeat),
        required("monitor", &KumaWebhook::monitor),
        optional("msg", &KumaWebhook::message),
    };
};

namespace {

// "2024-09-24 23:51:35.527", UTC.
std::optional<Timestamp> timeOf(const KumaHeartbeat &heartbeat)
{
    QByteArray text = heartbeat.time.value_or(QString()).toUtf8();
    text.replace(' ', 'T');
    if (!text.endsWith('Z'))
        text += 'Z';
    return parseRfc3339({text.constData(), std::size_t(text.size())});
}

IncidentReport reportFrom(
    const KumaMonitor &monitor, const KumaHeartbeat &heartbeat, const IngestContext &context)
{
    IncidentReport report;
    report.source = context.sourceOr(QStringLiteral("uptime-kuma"));
    report.fingerprint = QString::number(monitor.id);
    report.status = heartbeat.status == Down ? ReportStatus::Firing : ReportStatus::Resolved;
    report.title = QStringLiteral("%1 is down").arg(monitor.name);
    report.severity = Severity::Critical;
    report.service = monitor.name;
    const Timestamp at = timeOf(heartbeat).value_or(context.receivedAt);
    report.startsAt = at;
    if (report.status == ReportStatus::Resolved) {
        report.endsAt = at;
        // It says each thing once, so what comes later is later, also by a clock that was set back.
        report.startsAt = Timestamp();
    }
    report.monitor = MonitorStatus{.monitorUuid = report.source + u':' + report.fingerprint,
        .name = monitor.name,
        .status = heartbeat.status == Down ? MonitorState::Down : MonitorState::Up,
        .changedAt = at};
    report.labels.insert(QStringLiteral("monitor"), monitor.name);
    if (monitor.type)
        report.labels.insert(QStringLiteral("type"), *monitor.type);
    if (monitor.hostname && !monitor.hostname->isEmpty())
        report.labels.insert(QStringLiteral("hostname"), *monitor.hostname);
    for (const KumaTag &tag : monitor.tags.value_or(QList<KumaTag>()))
        report.labels.insert(tag.name, tag.value);
    if (heartbeat.message)
        report.annotations.insert(QStringLiteral("description"), *heartbeat.message);
    const QUrl url(monitor.url.value_or(QString()), QUrl::StrictMode);
    if ((url.scheme() == u"http" || url.scheme() == u"https") && !url.host().isEmpty())
        report.links.append({QStringLiteral("Monitored address"), *monitor.url});
    return bounded(std::move(report));
}

// What it says of no heartbeat: that a certificate is about to expire, and that the Test button was
// pressed. It says so once and never that it is over: a person ends it.
QList<IncidentReport> noticesFrom(const QString &message, const IngestContext &context)
{
    const QString title = message.simplified();
    if (title.isEmpty() || title.endsWith(u" Testing"))
        return {};
    // "… will expire in 14 days": a week later it is the same. Other numbers are of names.
    static const QRegularExpression numbers(QStringLiteral("\\d+(?= days?\\b)"));
    IncidentReport report;
    report.source = context.sourceOr(QStringLiteral("uptime-kuma"));
    report.fingerprint = QStringLiteral("notice:")
        + QString(title).replace(numbers, QStringLiteral("#")).left(400);
    report.title = title;
    report.severity = Severity::Warning;
    report.startsAt = context.receivedAt;
    return {bounded(std::move(report))};
}

} // namespace

Expected<QList<IncidentReport>> reportsFromUptimeKuma(
    QByteArrayView body, const IngestContext &context)
{
    JsonReader reader;
    const auto webhook = decode<KumaWebhook>(reader, {body.data(), std::size_t(body.size())});
    if (!webhook)
        return tl::unexpected<Error>(payloadError(webhook.error()));
    if (!webhook->heartbeat && !webhook->monitor)
        return noticesFrom(webhook->message.value_or(QString()), context);
    if (!webhook->heartbeat || !webhook->monitor || webhook->heartbeat->status > Up)
        return QList<IncidentReport>();
    return QList{reportFrom(*webhook->monitor, *webhook->heartbeat, context)};
}

} // namespace tocsin
