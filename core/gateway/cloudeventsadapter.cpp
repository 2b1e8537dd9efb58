// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/cloudeventsadapter.h"

#include "gateway/reportedtime_p.h"
#include "protocol/rawjson.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace tocsin {

namespace {

struct CloudEvent {
    QString specVersion;
    QString id;
    QString source;
    QString type;
    std::optional<QString> subject;
    // An attribute is a text or a number.
    RawJson severity;
    TextTime time;
    RawJson data;
    std::optional<QString> dataBase64;
};

/// What we know of in an event's data, all of it optional: the data are somebody else's, and what
/// is called alike there may be something else.
struct EventData {
    std::optional<QString> fingerprint;
    std::optional<QString> key;
    std::optional<ReportStatus> status;
    std::optional<QString> title;
    std::optional<QString> summary;
    std::optional<QString> severity;
    std::optional<QString> service;
    std::optional<Timestamp> startsAt;
    std::optional<Timestamp> endsAt;
    QMap<QString, QString> labels;
    QMap<QString, QString> annotations;
};

} // namespace

template <>
struct Schema<CloudEvent> {
    static constexpr auto fields = std::tuple{
        required("specversion", &CloudEvent::specVersion),
        required("id", &CloudEvent::id),
        required("source", &CloudEvent::source),
        required("type", &CloudEvent::type),
        optional("subject", &CloudEvent::subject),
        optional("severity", &CloudEvent::severity),
        optional("time", &CloudEvent::time),
        optional("data", &CloudEvent::data),
        optional("data_base64", &CloudEvent::dataBase64),
    };
};
namespace {

constexpr qsizetype longestIdentity = 500;

tl::unexpected<Error> unacceptable(const QString &where, const QString &message)
{
    return tl::unexpected<Error>(payloadError({ErrorCode::InvalidPayload, message, where}));
}

bool saysEnd(const QString &type)
{
    return std::ranges::any_of(std::array{u".resolved", u".closed", u".recovered"},
        [&](const char16_t *end) { return type.endsWith(QStringView(end), Qt::CaseInsensitive); });
}

std::optional<QString> textOf(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

std::optional<QString> wordOf(const QJsonValue &value)
{
    return value.isDouble() ? std::optional(value.toVariant().toString()) : textOf(value);
}

std::optional<Timestamp> timeOf(const QJsonValue &value)
{
    const QByteArray json
        = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
    JsonReader reader;
    FlexibleTime time;
    const bool read = reader.read(
        {json.constData(), std::size_t(json.size())}, [&] { return readValue(reader, time); });
    return read ? time.value : std::nullopt;
}

std::optional<ReportStatus> statusOf(const QJsonValue &value)
{
    const QByteArray word = value.toString().toLower().toUtf8();
    return enumFromName<ReportStatus>({word.constData(), std::size_t(word.size())});
}

QMap<QString, QString> textsOf(const QJsonValue &value)
{
    QMap<QString, QString> texts;
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (!it->isObject() && !it->isArray() && !it->isNull())
            texts.insert(it.key(), it->toVariant().toString());
    }
    return texts;
}

EventData dataFrom(const QJsonObject &object)
{
    const auto value = [&](const char *name) { return object.value(QLatin1StringView(name)); };
    return {.fingerprint = textOf(value("fingerprint")),
        .key = textOf(value("key")),
        .status = statusOf(value("status")),
        .title = textOf(value("title")),
        .summary = textOf(value("summary")),
        .severity = wordOf(value("severity")),
        .service = textOf(value("service")),
        .startsAt = timeOf(value("startsAt")),
        .endsAt = timeOf(value("endsAt")),
        .labels = textsOf(value("labels")),
        .annotations = textsOf(value("annotations"))};
}

Expected<EventData> dataOf(const CloudEvent &event)
{
    const QByteArray &json = event.data.json;
    if (json.isEmpty() && event.dataBase64) {
        const auto decoded = QByteArray::fromBase64Encoding(
            event.dataBase64->toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!decoded)
            return unacceptable(QStringLiteral("data_base64"), QStringLiteral("expected Base64"));
        // It need not be JSON at all.
        return dataFrom(QJsonDocument::fromJson(*decoded).object());
    }
    if (!json.startsWith('{'))
        return EventData{}; // of a form that says nothing to us
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (document.isNull())
        return unacceptable(QStringLiteral("data"), error.errorString());
    return dataFrom(document.object());
}

QString severityOf(const CloudEvent &event)
{
    const QJsonArray value = QJsonDocument::fromJson('[' + event.severity.json + ']').array();
    return wordOf(value.isEmpty() ? QJsonValue() : value.first()).value_or(QString());
}

Expected<IncidentReport> reportFrom(const CloudEvent &event, const IngestContext &context)
{
    if (event.specVersion != u"1.0") {
        return unacceptable(QStringLiteral("specversion"),
            QStringLiteral("expected \"1.0\", got \"%1\"").arg(event.specVersion.left(40)));
    }
    for (const auto &[name, value] : {std::pair(QStringLiteral("id"), &event.id),
             std::pair(QStringLiteral("source"), &event.source),
             std::pair(QStringLiteral("type"), &event.type)}) {
        if (value->isEmpty() || value->size() > longestIdentity) {
            return unacceptable(
                name, QStringLiteral("expected 1 to %1 characters").arg(longestIdentity));
        }
    }
    const auto data = dataOf(event);
    if (!data)
        return tl::unexpected<Error>(data.error());
    IncidentReport report;
    report.source = event.source;
    report.fingerprint
        = data->fingerprint.value_or(data->key.value_or(event.subject.value_or(event.id)));
    if (report.fingerprint.isEmpty() || report.fingerprint.size() > longestIdentity) {
        return unacceptable(QStringLiteral("subject"),
            QStringLiteral("expected 1 to %1 characters").arg(longestIdentity));
    }
    report.status = data->status.value_or(
        saysEnd(event.type) ? ReportStatus::Resolved : ReportStatus::Firing);
    report.title = data->title.value_or(data->summary.value_or(QString())).trimmed();
    if (report.title.isEmpty())
        report.title
            = event.subject ? event.type + QStringLiteral(": ") + *event.subject : event.type;
    report.severity = context.severities.find(data->severity.value_or(severityOf(event)));
    report.service = data->service.value_or(QString());
    const Timestamp at = event.time.value.value_or(context.receivedAt);
    report.startsAt = data->startsAt.value_or(at);
    report.endsAt = data->endsAt;
    if (report.status == ReportStatus::Resolved && !report.endsAt)
        report.endsAt = at;
    // Who gives no times means that what comes later is later, in the same batch too.
    if (report.status == ReportStatus::Resolved && !data->startsAt && !event.time.value)
        report.startsAt = Timestamp();
    report.labels = data->labels;
    report.labels.insert(QStringLiteral("type"), event.type);
    report.annotations = data->annotations;
    return bounded(std::move(report));
}

// A header's value is percent-encoded UTF-8 (HTTP protocol binding, 3.1.3.2).
CloudEvent eventFromHeaders(QByteArrayView body, const IngestContext &context)
{
    const auto header = [&](const char *name) {
        return QString::fromUtf8(QByteArray::fromPercentEncoding(context.cloudEvent.value(name)));
    };
    CloudEvent event{.specVersion = header("ce-specversion"),
        .id = header("ce-id"),
        .source = header("ce-source"),
        .type = header("ce-type"),
        .subject = {},
        .severity = {},
        .time = {},
        .data = {},
        .dataBase64 = {}};
    if (context.cloudEvent.contains("ce-subject"))
        event.subject = header("ce-subject");
    if (context.cloudEvent.contains("ce-severity"))
        event.severity = {JsonWriter().string(header("ce-severity")).take()};
    const QByteArray time = header("ce-time").toUtf8();
    event.time.value = parseRfc3339({time.constData(), std::size_t(time.size())});
    event.data = {body.toByteArray().trimmed()};
    return event;
}

} // namespace

Expected<QList<IncidentReport>> reportsFromCloudEvents(
    QByteArrayView body, const IngestContext &context)
{
    QList<CloudEvent> events;
    const bool isBatch = context.contentType == "application/cloudevents-batch+json";
    // The type of the content says which mode it is (HTTP protocol binding, 3), whatever headers a
    // proxy or a library has put beside it.
    const bool isStructured = isBatch || context.contentType == "application/cloudevents+json";
    if (!isStructured && context.cloudEvent.contains("ce-specversion")) {
        events.append(eventFromHeaders(body, context));
    } else {
        JsonReader reader;
        const bool read = reader.read({body.data(), std::size_t(body.size())}, [&] {
            return isBatch ? readValue(reader, events) : readValue(reader, events.emplaceBack());
        });
        if (!read)
            return tl::unexpected<Error>(payloadError(reader.error()));
    }
    QList<IncidentReport> reports;
    reports.reserve(events.size());
    for (qsizetype i = 0; i < events.size(); ++i) {
        auto report = reportFrom(events[i], context);
        if (!report) {
            Error error = report.error();
            if (isBatch)
                error.message = QStringLiteral("[%1].").arg(i) + error.message;
            return tl::unexpected<Error>(error);
        }
        reports.append(*std::move(report));
    }
    return reports;
}

} // namespace tocsin
