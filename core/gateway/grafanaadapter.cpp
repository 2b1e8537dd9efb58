// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/grafanaadapter.h"

#include "gateway/alertmanageralert_p.h"

namespace tocsin {

namespace {

struct GrafanaWebhook {
    std::optional<QList<AlertmanagerAlert>> alerts;
    std::optional<qint64> ruleId;
    QString groupKey;
    qint64 truncatedAlerts = 0;
};

} // namespace

template <>
struct Schema<GrafanaWebhook> {
    static constexpr auto fields = std::tuple{
        optional("alerts", &GrafanaWebhook::alerts),
        optional("ruleId", &GrafanaWebhook::ruleId),
        optional("groupKey", &GrafanaWebhook::groupKey),
        optional("truncatedAlerts", &GrafanaWebhook::truncatedAlerts),
    };
};

namespace {

// Such an alert has the annotations of the rule, which say what nobody has measured.
void nameWhatIsUnknown(IncidentReport &report)
{
    const QString name = report.labels.value(QStringLiteral("alertname"));
    const bool isNoData = name == u"DatasourceNoData";
    if (!isNoData && name != u"DatasourceError")
        return;
    const QString rule = report.labels.value(QStringLiteral("rulename"), report.title);
    report.title
        = (isNoData ? QStringLiteral("No data: ") : QStringLiteral("Cannot be evaluated: ")) + rule;
    report = bounded(std::move(report));
}

} // namespace

Expected<QList<IncidentReport>> reportsFromGrafana(
    QByteArrayView body, const IngestContext &context)
{
    JsonReader reader;
    const auto webhook = decode<GrafanaWebhook>(reader, {body.data(), std::size_t(body.size())});
    if (!webhook)
        return tl::unexpected<Error>(payloadError(webhook.error()));
    if (!webhook->alerts) {
        return makeError(ErrorCode::InvalidPayload,
            webhook->ruleId
                ? QStringLiteral("alerts: this is the form of Grafana's legacy alerting;"
                                 " the webhook contact point of unified alerting is needed")
                : QStringLiteral("alerts: expected array, got nothing"),
            QStringLiteral("alerts"));
    }
    const QString source = context.sourceOr(QStringLiteral("grafana"));
    QList<IncidentReport> reports;
    reports.reserve(webhook->alerts->size() + 1);
    for (const AlertmanagerAlert &alert : *webhook->alerts) {
        reports.append(reportFromAlert(alert, source, context));
        nameWhatIsUnknown(reports.last());
    }
    if (!webhook->groupKey.isEmpty()) {
        reports.append(
            truncationReport(source, webhook->groupKey, webhook->truncatedAlerts, context));
    }
    return reports;
}

} // namespace tocsin
