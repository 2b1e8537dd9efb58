// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/alertmanageradapter.h"

#include "gateway/reportedtime_p.h"

#include <QUrl>

namespace tocsin {

namespace {

struct Alert {
    ReportStatus status = ReportStatus::Firing;
    QMap<QString, QString> labels;
    QMap<QString, QString> annotations;
    TextTime startsAt;
    TextTime endsAt;
    QString generatorUrl;
    QString fingerprint;
};

struct Webhook {
    QString version;
    QList<Alert> alerts;
};

} // namespace

template <>
struct Schema<Alert> {
    static constexpr auto fields = std::tuple{
        required("status", &Alert::status),
        required("labels", &Alert::labels),
        optional("annotations", &Alert::annotations),
        required("startsAt", &Alert::startsAt),
        optional("endsAt", &Alert::endsAt),
        optional("generatorURL", &Alert::generatorUrl),
        optional("fingerprint", &Alert::fingerprint),
    };
};

template <>
struct Schema<Webhook> {
    static constexpr auto fields = std::tuple{
        required("version", &Webhook::version),
        required("alerts", &Webhook::alerts),
    };
};

namespace {

void appendLink(QList<Link> &links, const QString &title, const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    const bool isWeb = url.scheme() == u"http" || url.scheme() == u"https";
    if (isWeb && !url.host().isEmpty())
        links.append({title, address});
}

IncidentReport reportFrom(const Alert &alert, Timestamp receivedAt)
{
    IncidentReport report;
    report.source = QStringLiteral("alertmanager");
    report.fingerprint
        = alert.fingerprint.isEmpty() ? alertmanagerFingerprint(alert.labels) : alert.fingerprint;
    report.status = alert.status;
    report.title = alert.annotations.value(QStringLiteral("summary")).trimmed();
    if (report.title.isEmpty())
        report.title = alert.labels.value(QStringLiteral("alertname")).trimmed();
    if (report.title.isEmpty())
        report.title = QStringLiteral("Alert ") + report.fingerprint;
    const QByteArray severity = alert.labels.value(QStringLiteral("severity")).toUtf8();
    report.severity = *enumFromName<Severity>({severity.data(), std::size_t(severity.size())});
    report.service = alert.labels.value(QStringLiteral("service"));
    if (report.service.isEmpty())
        report.service = alert.labels.value(QStringLiteral("job"));
    report.startsAt = alert.startsAt.value.value_or(receivedAt);
    report.endsAt = alert.endsAt.value;
    report.labels = alert.labels;
    report.annotations = alert.annotations;
    appendLink(report.links, QStringLiteral("Source"), alert.generatorUrl);
    appendLink(report.links, QStringLiteral("Runbook"),
        alert.annotations.value(QStringLiteral("runbook_url")));
    return bounded(std::move(report));
}

} // namespace

Expected<QList<IncidentReport>> reportsFromAlertmanager(QByteArrayView body, Timestamp receivedAt)
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
    QList<IncidentReport> reports;
    reports.reserve(webhook->alerts.size());
    for (const Alert &alert : webhook->alerts)
        reports.append(reportFrom(alert, receivedAt));
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
