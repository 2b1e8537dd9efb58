// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/nativeadapter.h"

#include "gateway/reportedtime_p.h"

#include <QUrl>

#include <algorithm>

namespace tocsin {

namespace {

struct NativeReport {
    QString source;
    QString fingerprint;
    QString key;
    ReportStatus status = ReportStatus::Firing;
    QString title;
    QString severity;
    QString service;
    FlexibleTime startsAt;
    FlexibleTime endsAt;
    QMap<QString, QString> labels;
    QMap<QString, QString> annotations;
    QList<Link> links;
    QList<QString> rooms;
};

} // namespace

template <>
struct Schema<NativeReport> {
    static constexpr auto fields = std::tuple{
        optional("source", &NativeReport::source),
        optional("fingerprint", &NativeReport::fingerprint),
        optional("key", &NativeReport::key),
        optional("status", &NativeReport::status),
        optional("title", &NativeReport::title),
        optional("severity", &NativeReport::severity),
        optional("service", &NativeReport::service),
        optional("startsAt", &NativeReport::startsAt),
        optional("endsAt", &NativeReport::endsAt),
        optional("labels", &NativeReport::labels),
        optional("annotations", &NativeReport::annotations),
        optional("links", &NativeReport::links),
        optional("rooms", &NativeReport::rooms),
    };
};

namespace {

constexpr qsizetype longestIdentity = 500;
constexpr qsizetype mostRooms = 50;

bool mayBeOpened(const QString &address)
{
    const QUrl url(address, QUrl::StrictMode);
    const QString scheme = url.scheme();
    return url.isValid() && (scheme == u"http" || scheme == u"https" || scheme == u"mailto");
}

tl::unexpected<Error> unacceptable(
    const QString &where, const QString &expected, const QString &got)
{
    return makeError(
        ErrorCode::InvalidPayload, QStringLiteral("expected %1, got %2").arg(expected, got), where);
}

Expected<IncidentReport> reportFrom(const NativeReport &native, const IngestContext &context)
{
    IncidentReport report;
    report.source
        = native.source.isEmpty() ? context.sourceOr(QStringLiteral("native")) : native.source;
    report.fingerprint = native.fingerprint.isEmpty() ? native.key : native.fingerprint;
    report.status = native.status;
    report.title = native.title.trimmed();
    report.severity = context.severities.find(native.severity);
    report.service = native.service;
    report.startsAt = native.startsAt.value.value_or(context.receivedAt);
    // Who gives no times means that what comes later is later, in the same array too.
    if (report.status == ReportStatus::Resolved && !native.startsAt.value)
        report.startsAt = Timestamp();
    report.endsAt = native.endsAt.value;
    report.labels = native.labels;
    report.annotations = native.annotations;
    report.links = native.links;
    report.rooms = native.rooms;
    if (const auto right = checkReport(report); !right)
        return tl::unexpected<Error>(right.error());
    return bounded(std::move(report));
}

} // namespace

Expected<void> checkReport(const IncidentReport &report)
{
    if (report.fingerprint.isEmpty()) {
        return unacceptable(QStringLiteral("fingerprint"), QStringLiteral("string (or `key`)"),
            QStringLiteral("nothing"));
    }
    for (const auto &[name, value] :
        {std::pair("source", &report.source), std::pair("fingerprint", &report.fingerprint)}) {
        if (value->size() > longestIdentity) {
            return unacceptable(QLatin1StringView(name),
                QStringLiteral("at most %1 characters").arg(longestIdentity),
                QString::number(value->size()));
        }
    }
    if (report.title.isEmpty() && report.status == ReportStatus::Firing) {
        return unacceptable(
            QStringLiteral("title"), QStringLiteral("string"), QStringLiteral("nothing"));
    }
    for (qsizetype i = 0; i < report.links.size(); ++i) {
        if (!mayBeOpened(report.links[i].url)) {
            return unacceptable(QStringLiteral("links[%1].url").arg(i),
                QStringLiteral("an http, https or mailto address"),
                u'"' + report.links[i].url.left(40) + u'"');
        }
    }
    if (report.rooms.size() > mostRooms) {
        return unacceptable(QStringLiteral("rooms"), QStringLiteral("at most %1").arg(mostRooms),
            QString::number(report.rooms.size()));
    }
    for (qsizetype i = 0; i < report.rooms.size(); ++i) {
        if (!isRoomName(report.rooms[i])) {
            return unacceptable(QStringLiteral("rooms[%1]").arg(i),
                QStringLiteral("a room's name of 1 to 200 characters"),
                u'"' + report.rooms[i].left(40) + u'"');
        }
    }
    return {};
}

bool isRoomName(QStringView name)
{
    return !name.isEmpty() && name.size() <= 200
        && std::ranges::none_of(name, [](QChar c) { return c.category() == QChar::Other_Control; });
}

Expected<QList<IncidentReport>> reportsFromNative(QByteArrayView body, const IngestContext &context)
{
    JsonReader reader;
    QList<IncidentReport> reports;
    bool isArray = false;
    std::optional<Error> refusal;
    // Each is looked at when it is read: of millions that say nothing, the first one ends it.
    const auto readReport = [&] {
        NativeReport native;
        if (!readValue(reader, native))
            return false;
        auto report = reportFrom(native, context);
        if (report) {
            reports.append(std::move(*report));
            return true;
        }
        refusal = report.error();
        if (isArray)
            refusal->where.prepend(QStringLiteral("[%1].").arg(reports.size()));
        return false;
    };
    const bool read = reader.read({body.data(), std::size_t(body.size())}, [&] {
        isArray = reader.type() == JsonReader::Type::Array;
        return isArray ? reader.readArray(readReport) : readReport();
    });
    if (refusal)
        return tl::unexpected<Error>(payloadError(*refusal));
    if (!read)
        return tl::unexpected<Error>(payloadError(reader.error()));
    return reports;
}

} // namespace tocsin
