// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/httphandler_p.h"

#include "gateway/alertmanageradapter.h"
#include "gateway/cloudeventsadapter.h"
#include "gateway/grafanaadapter.h"
#include "gateway/nativeadapter.h"
#include "gateway/uptimekumaadapter.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace tocsin {

namespace {

enum class Access { Anybody, Viewer, Sender };

struct Endpoint {
    QByteArrayView path;
    QByteArrayView methods;
    Access access;
};

// The upgrade's own authentication is the session's `auth`.
constexpr std::array endpoints{
    Endpoint{"/ingest/alertmanager", "POST", Access::Sender},
    Endpoint{"/ingest/grafana", "POST", Access::Sender},
    Endpoint{"/ingest/uptime-kuma", "POST", Access::Sender},
    Endpoint{"/ingest/cloudevents", "POST", Access::Sender},
    Endpoint{"/ingest/incident", "POST", Access::Sender},
    Endpoint{"/api/incidents", "GET, HEAD", Access::Viewer},
    Endpoint{"/metrics", "GET, HEAD", Access::Viewer},
    Endpoint{"/healthz", "GET, HEAD", Access::Anybody},
    Endpoint{"/readyz", "GET, HEAD", Access::Anybody},
    Endpoint{"/ws", "GET", Access::Anybody},
};

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

QUrlQuery queryOf(const QByteArray &target)
{
    const qsizetype mark = target.indexOf('?');
    return QUrlQuery(mark < 0 ? QString() : QString::fromUtf8(target.mid(mark + 1)));
}

// `?source=`, which tells two senders of one kind apart.
QString sourceNamedIn(const QByteArray &target)
{
    return queryOf(target).queryItemValue(QStringLiteral("source"), QUrl::FullyDecoded);
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

// `Application/JSON; charset=utf-8` is `application/json`.
QByteArray mediaType(const QByteArray &contentType)
{
    return contentType.split(';').constFirst().trimmed().toLower();
}

QByteArray pathOf(const QByteArray &target)
{
    const qsizetype query = target.indexOf('?');
    return query < 0 ? target : target.left(query);
}

const Endpoint *endpointFor(const QByteArray &path)
{
    const auto it = std::ranges::find_if(
        endpoints, [&](const Endpoint &endpoint) { return endpoint.path == path; });
    return it == endpoints.end() ? nullptr : &*it;
}

bool allows(const Endpoint &endpoint, const QByteArray &method)
{
    return endpoint.methods.toByteArray().split(',').contains(method)
        || endpoint.methods.toByteArray().split(',').contains(' ' + method);
}

// A page asks with no more than fetch() by itself would, and a token.
HttpResponse preflight(const Endpoint &endpoint)
{
    HttpResponse response{.status = 204, .contentType = {}, .headers = {}};
    response.headers.emplaceBack("Access-Control-Allow-Methods", endpoint.methods.toByteArray());
    response.headers.emplaceBack("Access-Control-Allow-Headers", "Authorization, Content-Type");
    response.headers.emplaceBack("Access-Control-Max-Age", "600");
    return response;
}

int statusFor(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidJson:
    case ErrorCode::InvalidPayload: return 400;
    case ErrorCode::Unauthenticated: return 401;
    case ErrorCode::Forbidden: return 403;
    case ErrorCode::NotFound: return 404;
    case ErrorCode::Conflict: return 409;
    case ErrorCode::TooLarge: return 413;
    case ErrorCode::RateLimited: return 429;
    default: return 503;
    }
}

HttpResponse failure(const Error &error)
{
    // How the storage fails is for the operator's log.
    if (error.code == ErrorCode::StorageFailed) {
        return HttpHandler::errorResponse(503,
            {ErrorCode::Unavailable,
                QStringLiteral("The gateway cannot write to its log at the moment."), {}});
    }
    return HttpHandler::errorResponse(statusFor(error.code), error);
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

Expected<void> assignRooms(
    QList<IncidentReport> &reports, const QStringList &patterns, const QList<Route> &routes)
{
    for (IncidentReport &report : reports) {
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

HttpHandler::HttpHandler(GatewayServices &services)
    : m_services(services)
    // What start() has checked.
    , m_web(WebAccess::from(services.configuration.allowedHosts,
          services.configuration.allowedOrigins,
          services.isLoopback ? WebAccess::Listening::OnLoopback
                              : WebAccess::Listening::BeyondLoopback)
              .value_or(WebAccess()))
{
}

HttpResponse HttpHandler::errorResponse(int status, const Error &error)
{
    JsonWriter writer;
    writer.beginObject().key("error").beginObject();
    writer.key("code").string(errorCodeName(error.code));
    writer.key("message").string(error.message);
    writer.key("where").string(error.where).endObject().endObject();
    HttpResponse response{.status = status, .body = writer.take() + '\n', .headers = {}};
    if (status == 401)
        response.headers.emplaceBack("WWW-Authenticate", "Bearer");
    if (status == 503 || status == 429)
        response.headers.emplaceBack("Retry-After", "5");
    return response;
}

std::optional<HttpResponse> HttpHandler::refuseForeign(const HttpHead &head) const
{
    // A page in somebody's browser on this machine reaches a loopback address too. It cannot hide
    // its Origin, nor, where its own name was made to point here (DNS rebinding), that Host.
    if (!m_web.answersTo(head.host)) {
        return errorResponse(403,
            {ErrorCode::Forbidden,
                QStringLiteral("This gateway does not answer under the name %1.")
                    .arg(QString::fromLatin1(head.host.left(200))),
                QStringLiteral("Host")});
    }
    if (m_web.page(head.origin, head.host) == WebAccess::Page::Foreign) {
        return errorResponse(403,
            {ErrorCode::Forbidden,
                QStringLiteral("Requests from web pages of other sites are"
                               " refused."),
                QStringLiteral("Origin")});
    }
    return std::nullopt;
}

std::optional<Principal> HttpHandler::principal(const HttpHead &head) const
{
    if (!m_services.tokens)
        return Principal{.name = QStringLiteral("local"), .role = Role::Admin, .rooms = {}};
    // Who shows a token is judged by that.
    if (head.authorization.isEmpty())
        return certificateHolder(head);
    const QByteArray scheme = "bearer ";
    if (head.authorization.left(scheme.size()).toLower() != scheme)
        return std::nullopt;
    return m_services.tokens->find(head.authorization.mid(scheme.size()).trimmed(), timestampNow());
}

std::optional<Principal> HttpHandler::certificateHolder(const HttpHead &head) const
{
    if (head.certificateName.isEmpty())
        return std::nullopt;
    Principal holder{.name = head.certificateName, .role = Role::Sender, .rooms = {}};
    const auto &named = m_services.configuration.senderCertificates;
    if (named.isEmpty())
        return holder;
    const auto it = std::ranges::find(named, head.certificateName, &SenderCertificate::name);
    if (it == named.end())
        return std::nullopt;
    holder.rooms = it->rooms;
    return holder;
}

HttpHeaders HttpHandler::crossOriginHeaders(const HttpHead &head) const
{
    HttpHeaders headers;
    // Where the answer to one origin must not be given to another from a cache.
    if (m_web.allowsOthers())
        headers.emplaceBack("Vary", "Origin");
    if (m_web.page(head.origin, head.host) == WebAccess::Page::Allowed
        && m_web.answersTo(head.host)) {
        headers.emplaceBack("Access-Control-Allow-Origin", head.origin);
        headers.emplaceBack("Access-Control-Expose-Headers", "Retry-After");
    }
    return headers;
}

std::optional<HttpResponse> HttpHandler::refuse(const HttpHead &head) const
{
    if (auto foreign = refuseForeign(head))
        return foreign;
    const QByteArray path = pathOf(head.target);
    const Endpoint *endpoint = endpointFor(path);
    if (!endpoint) {
        return errorResponse(404,
            {ErrorCode::NotFound,
                QStringLiteral("There is nothing at %1.").arg(QString::fromUtf8(path.left(200))),
                {}});
    }
    const bool isPreflight = head.method == "OPTIONS" && !head.preflightMethod.isEmpty()
        && m_web.page(head.origin, head.host) == WebAccess::Page::Allowed;
    if (isPreflight)
        return preflight(*endpoint);
    if (!allows(*endpoint, head.method)) {
        auto response = errorResponse(405,
            {ErrorCode::InvalidPayload,
                QStringLiteral("%1 takes %2.")
                    .arg(QString::fromUtf8(path), QString::fromUtf8(endpoint->methods)),
                {}});
        response.headers.emplaceBack("Allow", endpoint->methods.toByteArray());
        return response;
    }
    if (path == "/ws" && !head.isUpgrade) {
        auto response = errorResponse(
            426, {ErrorCode::InvalidPayload, QStringLiteral("This is a WebSocket's address."), {}});
        response.headers.emplaceBack("Upgrade", "websocket");
        return response;
    }
    if (endpoint->access != Access::Anybody) {
        const auto who = principal(head);
        if (!who) {
            return head.authorization.isEmpty() && !head.certificateName.isEmpty()
                ? errorResponse(403,
                      {ErrorCode::Forbidden,
                          QStringLiteral("The certificate of %1 is not one of a sender.")
                              .arg(head.certificateName),
                          {}})
                : errorResponse(401,
                      {ErrorCode::Unauthenticated, QStringLiteral("A bearer token is needed."),
                          {}});
        }
        const bool may = endpoint->access == Access::Sender ? who->maySend() : who->mayView();
        if (!may) {
            return errorResponse(403,
                {ErrorCode::Forbidden,
                    QStringLiteral("The role %1 may not do this.").arg(enumQString(who->role)),
                    {}});
        }
    }
    if (path.startsWith("/ingest/")) {
        if (auto refusal = refuseContent(head))
            return refusal;
    }
    if (head.contentLength > quint64(m_services.configuration.largestBody)) {
        return errorResponse(413,
            {ErrorCode::TooLarge,
                QStringLiteral("A body may have at most %1 bytes.")
                    .arg(m_services.configuration.largestBody),
                {}});
    }
    if (m_services.isStopping) {
        return errorResponse(
            503, {ErrorCode::Unavailable, QStringLiteral("The gateway is shutting down."), {}});
    }
    return std::nullopt;
}

// A form on some web page can send text and its own types, but not these; and what is compressed
// could be a thousand times larger than it looks.
std::optional<HttpResponse> HttpHandler::refuseContent(const HttpHead &head) const
{
    const QByteArray type = mediaType(head.contentType);
    const bool isEvent = pathOf(head.target) == "/ingest/cloudevents"
        && (type == "application/cloudevents+json" || type == "application/cloudevents-batch+json"
            || head.cloudEvent.contains("ce-specversion"));
    if (type != "application/json" && !isEvent) {
        return errorResponse(415,
            {ErrorCode::InvalidPayload,
                QStringLiteral("Expected Content-Type: application/json, got %1.")
                    .arg(type.isEmpty() ? QStringLiteral("none")
                                        : QString::fromLatin1(type.left(100))),
                QStringLiteral("Content-Type")});
    }
    if (!head.contentEncoding.isEmpty() && head.contentEncoding.toLower() != "identity") {
        return errorResponse(415,
            {ErrorCode::InvalidPayload,
                QStringLiteral("Compressed bodies are not taken: send it without"
                               " Content-Encoding."),
                QStringLiteral("Content-Encoding")});
    }
    return std::nullopt;
}

void HttpHandler::handle(const HttpHead &head, std::string body, Done done) const
{
    const QByteArray path = pathOf(head.target);
    if (path.startsWith("/ingest/"))
        return ingest(head, std::move(body), std::move(done));
    if (path == "/api/incidents")
        return listIncidents(head, std::move(done));
    if (path == "/readyz")
        return sayWhetherReady(std::move(done));
    if (path == "/metrics") {
        HttpResponse response{.body = m_services.metrics.text(),
            .contentType = "text/plain; version=0.0.4; charset=utf-8"};
        return m_services.loop.post(
            [done = std::move(done), response = std::move(response)] { done(response); });
    }
    m_services.loop.post([done = std::move(done)] { done({.body = "{\"status\":\"ok\"}\n"}); });
}

void HttpHandler::ingest(const HttpHead &head, std::string body, Done done) const
{
    const Sender &sender = senderFor(pathOf(head.target));
    const QString named = sourceNamedIn(head.target);
    if (!named.isEmpty() && !isSourceName(named)) {
        const Error error{ErrorCode::InvalidPayload,
            QStringLiteral("source: expected a name of 1 to 200 characters"),
            QStringLiteral("source")};
        return m_services.loop.post([done = std::move(done), error] { done(failure(error)); });
    }
    IngestContext context{.receivedAt = {},
        .severities = m_services.configuration.severities,
        .source = named,
        .contentType = mediaType(head.contentType),
        .cloudEvent = head.cloudEvent};
    const QStringList rooms = principal(head).value_or(Principal{}).rooms;
    if (context.source.isEmpty())
        context.source = QString::fromLatin1(sender.kind);
    // Filled in the writer's thread, before it is read there.
    const auto heard = std::make_shared<QStringList>();
    // std::function copies what it holds.
    auto text = std::make_shared<const std::string>(std::move(body));
    m_services.writer.post(
        [decodeBody = sender.adapter, context, rooms, routes = m_services.configuration.routes,
            text, known = knownSources(), heard]() mutable -> Expected<LogWriter::Post> {
            context.receivedAt = timestampNow();
            auto reports
                = decodeBody(QByteArrayView(text->data(), qsizetype(text->size())), context);
            if (!reports)
                return tl::unexpected<Error>(reports.error());
            if (auto assigned = assignRooms(*reports, rooms, routes); !assigned)
                return tl::unexpected<Error>(assigned.error());
            if (!known.isEmpty())
                *heard = sourcesIn(*reports, context.source, known);
            return LogWriter::Post{.reports = *std::move(reports), .heard = *heard};
        },
        [done = std::move(done), &loop = m_services.loop, &metrics = m_services.metrics,
            &sources = m_services.sources, source = sender.source,
            heard](const Expected<int> &accepted) {
            metrics.ingested(source, resultOf(accepted)).add();
            metrics.reports.add(accepted.value_or(0));
            HttpResponse response;
            if (accepted)
                response.body = "{\"accepted\":" + QByteArray::number(*accepted) + "}\n";
            else
                response = failure(accepted.error());
            loop.post([done, response, &sources, names = accepted ? *heard : QStringList()] {
                for (const QString &name : names)
                    sources.heard(name, SourceWatch::Moment::now());
                done(response);
            });
        });
}

// Those of which it matters whether they are heard.
QSet<QString> HttpHandler::knownSources() const
{
    QSet<QString> names;
    for (const IncidentSource &source : m_services.configuration.sources) {
        if (source.expectEvery > std::chrono::milliseconds(0))
            names.insert(source.name);
    }
    return names;
}

void HttpHandler::sayWhetherReady(Done done) const
{
    m_services.writer.probe(
        [done = std::move(done), &loop = m_services.loop](const Expected<bool> &ready) {
            HttpResponse response;
            if (ready)
                response.body = "{\"status\":\"ready\"}\n";
            else
                response = failure(ready.error());
            loop.post([done, response] { done(response); });
        });
}

void HttpHandler::listIncidents(const HttpHead &head, Done done) const
{
    QString room = queryOf(head.target).queryItemValue(QStringLiteral("room"), QUrl::FullyDecoded);
    if (room.isEmpty())
        room = defaultRoom.toString();
    const auto refuseWith = [&](const Error &error) {
        m_services.loop.post([done, error] { done(failure(error)); });
    };
    if (!isRoomName(room)) {
        return refuseWith({ErrorCode::InvalidPayload,
            QStringLiteral("room: expected a name of 1 to 200 characters"),
            QStringLiteral("room")});
    }
    if (!principal(head).value_or(Principal{}).mayUse(room)) {
        return refuseWith(
            {ErrorCode::Forbidden, QStringLiteral("This token is not for the room %1.").arg(room),
                QStringLiteral("room")});
    }
    m_services.writer.readRoom(
        room, [done = std::move(done), &loop = m_services.loop](const Expected<QByteArray> &json) {
            HttpResponse response;
            if (json)
                response.body = *json + '\n';
            else
                response = failure(json.error());
            loop.post([done, response] { done(response); });
        });
}

} // namespace tocsin
