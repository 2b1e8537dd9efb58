// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/alertmanageradapter.h"

#include "gateway/alertmanageralert_p.h"

#include <QUrl>

namespace tocsin {

namespace {

struct Webhook {
    QString version;
    QString groupKey;
    qint64 truncatedAlerts = 0;
    QList<AlertmanagerAlert> alerts;
};

} // namespace

template <>
struct Schema<Webhook> {
    static constexpr auto fields = std::tuple{
        required("version", &Webhook::version),
        optional("groupKey", &Webhook::groupKey),
        optional("truncatedAlerts", &Webhook::truncatedAlerts),
        required("alerts", &Webhook::alerts),
    };
};

namespace {

void appendLink(QList<Link> &links, const QString &title, const QString &address)
{
    if (!address.startsWith(u"http", Qt::CaseInsensitive))
        return; // most have none
    const QUrl url(address, QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
    if (isWeb && !url.host().isEmpty())
        links.append({title, address});
}

} // namespace

IncidentReport reportFromAlert(
    const AlertmanagerAlert &alert, const QString &source, const IngestContext &context)
{
    IncidentReport report;
    report.source = source;
    report.fingerprint
        = alert.fingerprint.isEmpty() ? alertmanagerFingerprint(alert.labels) : alert.fingerprint;
    report.status = alert.status;
    report.title = alert.annotations.value(QStringLiteral("summary")).trimmed();
    if (report.title.isEmpty())
        report.title = alert.labels.value(QStringLiteral("alertname")).trimmed();
    if (report.title.isEmpty())
        report.title = QStringLiteral("Alert ") + report.fingerprint;
    report.severity = context.severities.find(alert.labels.value(QStringLiteral("severity")));
    report.service = alert.labels.value(QStringLiteral("service"));
    if (report.service.isEmpty())
        report.service = alert.labels.value(QStringLiteral("job"));
    report.startsAt = alert.startsAt.value.value_or(context.receivedAt);
    // An alert is over, too, where it was only not heard of for a while, and comes again then with
    // the beginning that it always had; or with an earlier one, from another Prometheus.
    if (report.status == ReportStatus::Resolved)
        report.startsAt = Timestamp();
    report.endsAt = alert.endsAt.value;
    report.labels = alert.labels;
    report.annotations = alert.annotations;
    appendLink(report.links, QStringLiteral("Source"), alert.generatorUrl);
    appendLink(report.links, QStringLiteral("Runbook"),
        alert.annotations.value(QStringLiteral("runbook_url")));
    appendLink(report.links, QStringLiteral("Panel"), alert.panelUrl);
    appendLink(report.links, QStringLiteral("Dashboard"), alert.dashboardUrl);
    appendLink(report.links, QStringLiteral("Silence"), alert.silenceUrl);
    return bounded(std::move(report));
}

IncidentReport truncationReport(
    const QString &source, const QString &groupKey, qint64 truncated, const IngestContext &context)
{
    IncidentReport report;
    report.source = source;
    report.fingerprint = groupWarningPrefix.toString() + groupKey;
    report.isAboutSource = true;
    report.status = truncated > 0 ? ReportStatus::Firing : ReportStatus::Resolved;
    report.title = QStringLiteral("%1 alerts of a group are not shown: %2 left them out")
                       .arg(truncated)
                       .arg(source);
    report.severity = Severity::Warning;
    report.service = source;
    report.startsAt = context.receivedAt;
    report.annotations.insert(QStringLiteral("description"),
        QStringLiteral("The sender's webhook is configured to send a bounded number of alerts of a"
                       " group (max_alerts). Raise that number, or split the group, to see all."));
    report.labels.insert(QStringLiteral("group"), groupKey);
    return bounded(std::move(report));
}

Expected<QList<IncidentReport>> reportsFromAlertmanager(
    QByteArrayView body, const IngestContext &context)
{
    JsonReader reader;
    const auto webhook = decode<Webhook>(reader, {body.data(), std::size_t(body.size())});
    if (!webhook)
        return tl::unexpected<Error>(payloadError(webhook.error()));
    if (webhook->version != u"4") {
        return tl::unexpected<Error>(payloadError({ErrorCode::InvalidPayload,
            QStringLiteral("expected \"4\", got \"%1\"").arg(webhook->version.left(40)),
            QStringLiteral("version")}));
    }
    const QString source = context.sourceOr(QStringLiteral("alertmanager"));
    QList<IncidentReport> reports;
    reports.reserve(webhook->alerts.size() + 1);
    for (const AlertmanagerAlert &alert : webhook->alerts)
        reports.append(reportFromAlert(alert, source, context));
    if (!webhook->groupKey.isEmpty()) {
        reports.append(
            truncationReport(source, webhook->groupKey, webhook->truncatedAlerts, context));
    }
    return reports;
}

QString alertmanagerFingerprint(const QMap<QString, QString> &labels)
{
    quint64 hash = 14695981039346656037ULL;
    const auto add = [&hash](const QByteArray &bytes) {
        for (const char byte : bytes)
            hash = (hash ^ quint8(byte)) * 1099511628211ULL;
        hash = (hash ^ 0xFF) * 1099511628211ULL; // the separator, which UTF-8 cannot hold
    };
    // Sorted by bytes, as Go sorts: QMap's order, by UTF-16 units, differs beyond the BMP only, and
    // a label's name is ASCII.
    for (auto it = labels.cbegin(); it != labels.cend(); ++it) {
        add(it.key().toUtf8());
        add(it.value().toUtf8());
    }
    return QStringLiteral("%1").arg(hash, 16, 16, QLatin1Char('0'));
}

} // namespace tocsin
