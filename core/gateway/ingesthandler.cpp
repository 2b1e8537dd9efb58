// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/ingesthandler_p.h"

#include "gateway/alertmanageradapter.h"
#include "gateway/cloudeventsadapter.h"
#include "gateway/grafanaadapter.h"
#include "gateway/nativeadapter.h"
#include "gateway/source.h"
#include "gateway/uptimekumaadapter.h"

#include <QUrl>

#include <algorithm>

namespace tocsin {

namespace {

// One post is one transaction, and nobody else's turn comes before its end.
constexpr qsizetype mostReports = 100'000;

using Adapter = Expected<QList<IncidentReport>> (*)(QByteArrayView, const IngestContext &);

struct Sender {
    QByteArrayView path;
    /// What its incidents have as their source, where nobody says otherwise.
    QByteArrayView kind;
    IngestSource source;
    Adapter adapter;
};

constexpr std::array senders{
    Sender{"/ingest/alertmanager", "alertmanager", IngestSource::Alertmanager,
        reportsFromAlertmanager},
    Sender{"/ingest/grafana", "grafana", IngestSource::Grafana, reportsFromGrafana},
    Sender{"/ingest/uptime-kuma", "uptime-kuma", IngestSource::UptimeKuma, reportsFromUptimeKuma},
    Sender{"/ingest/cloudevents", "cloudevents", IngestSource::CloudEvents, reportsFromCloudEvents},
    Sender{"/ingest/incident", "native", IngestSource::Native, reportsFromNative},
};

const Sender &senderFor(const QByteArray &path)
{
    return *std::ranges::find(senders, QByteArrayView(path), &Sender::path);
}

// `?source=`, which tells two senders of one kind apart.
QString sourceNamedIn(const HttpHead &head)
{
    return head.query().queryItemValue(QStringLiteral("source"), QUrl::FullyDecoded);
}

// Which of the known sources a post is a sign of life of.
QStringList sourcesIn(
    const QList<IncidentReport> &reports, const QString &sender, const QSet<QString> &known)
{
    QSet<QString> heard{sender};
    for (const IncidentReport &report : reports)
        heard.insert(report.source);
    return heard.intersect(known).values();
}

IngestResult resultOf(const Expected<int> &accepted)
{
    if (accepted)
        return IngestResult::Accepted;
    const ErrorCode code = accepted.error().code;
    return code == ErrorCode::StorageFailed || code == ErrorCode::Unavailable
        ? IngestResult::Failed
        : IngestResult::Refused;
}

// Where a report is shown that names no room: a sender whose token names rooms reports to those,
// any other by the routes.
QStringList roomsOf(
    const IncidentReport &report, const QStringList &patterns, const QList<Route> &routes)
{
    QStringList rooms = patterns;
    rooms.removeIf([](const QString &pattern) { return pattern.endsWith(u'*'); });
    if (rooms.isEmpty())
        rooms = roomsFor(report, routes);
    if (rooms.isEmpty())
        rooms.append(defaultRoom.toString());
    return rooms;
}

Expected<void> checkNumberOf(const QList<IncidentReport> &reports)
{
    if (reports.size() <= mostReports)
        return {};
    return makeError(ErrorCode::TooLarge,
        QStringLiteral("A post may bring at most %1 reports, and this one brings %2:"
                       " split it into several.")
            .arg(mostReports)
            .arg(reports.size()));
}

Expected<void> assignRooms(
    QList<IncidentReport> &reports, const QStringList &patterns, const QList<Route> &routes)
{
    for (IncidentReport &report : reports) {
        // Or a sender could end what the gateway says of the silence of another one.
        if (report.source == gatewaySource) {
            return makeError(ErrorCode::InvalidPayload,
                QStringLiteral("source: \"%1\" is the gateway itself").arg(gatewaySource),
                QStringLiteral("source"));
        }
        if (report.rooms.isEmpty())
            report.rooms = roomsOf(report, patterns, routes);
        const auto foreign = std::ranges::find_if(
            report.rooms, [&](const QString &room) { return !allowsRoom(patterns, room); });
        if (foreign != report.rooms.end()) {
            return makeError(ErrorCode::Forbidden,
                QStringLiteral("This sender is not for the room %1.").arg(*foreign),
                QStringLiteral("rooms"));
        }
    }
    return {};
}

} // namespace

IngestHandler::IngestHandler(GatewayServices &services)
    : m_services(services)
{
    for (const IncidentSource &source : services.configuration.sources) {
        if (source.expectEvery > std::chrono::milliseconds(0))
            m_expectedSources.insert(source.name);
    }
}

// A form on some web page can send text and its own types, but not these; and what is compressed
// could be a thousand times larger than it looks.
std::optional<HttpResponse> IngestHandler::refuse(const HttpHead &head) const
{
    const QByteArray type = head.mediaType();
    const bool isEvent = head.path() == "/ingest/cloudevents"
        && (type == "application/cloudevents+json" || type == "application/cloudevents-batch+json"
            || head.cloudEvent.contains("ce-specversion"));
    if (type != "application/json" && !isEvent) {
        return HttpResponse::error(415,
            {ErrorCode::InvalidPayload,
                QStringLiteral("Expected Content-Type: application/json, got %1.")
                    .arg(type.isEmpty() ? QStringLiteral("none")
                                        : QString::fromLatin1(type.left(100))),
                QStringLiteral("Content-Type")});
    }
    if (!head.contentEncoding.isEmpty() && head.contentEncoding.toLower() != "identity") {
        return HttpResponse::error(415,
            {ErrorCode::InvalidPayload,
                QStringLiteral("Compressed bodies are not taken: send it without"
                               " Content-Encoding."),
                QStringLiteral("Content-Encoding")});
    }
    return std::nullopt;
}

QString IngestHandler::sourceOf(const HttpHead &head)
{
    const QString named = sourceNamedIn(head);
    return isSourceName(named) ? named : QString::fromLatin1(senderFor(head.path()).kind);
}

void IngestHandler::handle(
    const HttpHead &head, std::string body, const QStringList &rooms, Done done) const
{
    // Named: g++ 14 takes the result for a reference into a temporary otherwise.
    const auto path = head.path();
    const Sender &sender = senderFor(path);
    const QString named = sourceNamedIn(head);
    if (!named.isEmpty() && !isSourceName(named)) {
        const Error error{ErrorCode::InvalidPayload,
            QStringLiteral("source: expected a name of 1 to 200 characters"),
            QStringLiteral("source")};
        return m_services.loop.post(
            [done = std::move(done), error] { done(HttpResponse::failure(error)); });
    }
    IngestContext context{.receivedAt = {},
        .severities = m_services.configuration.severities,
        .source = named,
        .contentType = head.mediaType(),
        .cloudEvent = head.cloudEvent};
    if (context.source.isEmpty())
        context.source = QString::fromLatin1(sender.kind);
    // Filled in the writer's thread, before it is read there.
    const auto heard = std::make_shared<QStringList>();
    // std::function copies what it holds.
    auto text = std::make_shared<const std::string>(std::move(body));
    m_services.writer.post(
        [decodeBody = sender.adapter, context, rooms, routes = m_services.configuration.routes,
            text, expected = m_expectedSources, heard]() mutable -> Expected<LogWriter::Post> {
            context.receivedAt = timestampNow();
            auto reports
                = decodeBody(QByteArrayView(text->data(), qsizetype(text->size())), context);
            if (!reports)
                return tl::unexpected<Error>(reports.error());
            if (auto checked = checkNumberOf(*reports); !checked)
                return tl::unexpected<Error>(checked.error());
            if (auto assigned = assignRooms(*reports, rooms, routes); !assigned)
                return tl::unexpected<Error>(assigned.error());
            if (!expected.isEmpty())
                *heard = sourcesIn(*reports, context.source, expected);
            return LogWriter::Post{
                .reports = *std::move(reports), .heard = *heard, .patterns = rooms};
        },
        [done = std::move(done), &loop = m_services.loop, &metrics = m_services.metrics,
            &sources = m_services.sources, source = sender.source,
            heard](const Expected<int> &accepted) {
            metrics.ingested(source, resultOf(accepted)).add();
            metrics.reports.add(accepted.value_or(0));
            HttpResponse response;
            if (accepted) {
                response.body = "{\"accepted\":" + QByteArray::number(*accepted) + "}\n";
                response.accepted = *accepted;
            } else {
                response = HttpResponse::failure(accepted.error());
            }
            loop.post([done, response, &sources, names = accepted ? *heard : QStringList()] {
                for (const QString &name : names)
                    sources.heard(name, SourceWatch::Moment::now());
                done(response);
            });
        });
}

} // namespace tocsin
