// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/alertmanagerapi.h"

#include "gateway/alertmanageralert_p.h"

namespace tocsin {

namespace {

struct AlertState {
    QString state;
};

// The alert's own fields are the webhook's, but for the status, which is another thing here.
struct GettableAlert {
    AlertState status;
    QMap<QString, QString> labels;
    QMap<QString, QString> annotations;
    TextTime startsAt;
    QString generatorUrl;
    QString fingerprint;
};

struct Status {
    TextTime uptime;
};

} // namespace

template <>
struct Schema<AlertState> {
    static constexpr auto fields = std::tuple{required("state", &AlertState::state)};
};
template <>
struct Schema<GettableAlert> {
    static constexpr auto fields = std::tuple{
        required("status", &GettableAlert::status),
        required("labels", &GettableAlert::labels),
        optional("annotations", &GettableAlert::annotations),
        required("startsAt", &GettableAlert::startsAt),
        optional("generatorURL", &GettableAlert::generatorUrl),
        required("fingerprint", &GettableAlert::fingerprint),
    };
};
template <>
struct Schema<Status> {
    static constexpr auto fields = std::tuple{required("uptime", &Status::uptime)};
};

Expected<AlertmanagerAlerts> readAlertmanagerAlerts(
    QByteArrayView body, const IngestContext &context)
{
    JsonReader reader;
    QList<GettableAlert> alerts;
    const bool read = reader.read(
        {body.data(), std::size_t(body.size())}, [&] { return readValue(reader, alerts); });
    if (!read)
        return tl::unexpected<Error>(reader.error());
    AlertmanagerAlerts result;
    result.active.reserve(alerts.size());
    for (const GettableAlert &alert : alerts) {
        // Anything but "active" is nothing that Alertmanager would tell us of.
        if (alert.status.state != u"active") {
            result.quiet.insert(alert.fingerprint);
            continue;
        }
        result.active.append(reportFromAlert({.labels = alert.labels,
                                                 .annotations = alert.annotations,
                                                 .startsAt = alert.startsAt,
                                                 .endsAt = {},
                                                 .generatorUrl = alert.generatorUrl,
                                                 .dashboardUrl = {},
                                                 .panelUrl = {},
                                                 .silenceUrl = {},
                                                 .fingerprint = alert.fingerprint},
            context.source, context));
    }
    return result;
}

Expected<Timestamp> readAlertmanagerStart(QByteArrayView body)
{
    JsonReader reader;
    const auto status = decode<Status>(reader, {body.data(), std::size_t(body.size())});
    if (!status)
        return tl::unexpected<Error>(status.error());
    if (!status->uptime.value) {
        return makeError(ErrorCode::InvalidPayload, QStringLiteral("expected time, got none"),
            QStringLiteral("uptime"));
    }
    return *status->uptime.value;
}

} // namespace tocsin
