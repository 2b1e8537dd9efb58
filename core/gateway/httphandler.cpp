// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/httphandler_p.h"

#include "gateway/nativeadapter.h"

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

} // namespace

HttpHandler::HttpHandler(GatewayServices &services)
    : m_services(services)
    // What start() has checked.
    , m_web(WebAccess::from(services.configuration.allowedHosts,
          services.configuration.allowedOrigins,
          services.isLoopback ? WebAccess::Listening::OnLoopback
                              : WebAccess::Listening::BeyondLoopback)
              .value_or(WebAccess()))
    , m_ingest(services)
{
}

std::optional<HttpResponse> HttpHandler::refuseForeign(const HttpHead &head) const
{
    // A page in somebody's browser on this machine reaches a loopback address too. It cannot hide
    // its Origin, nor, where its own name was made to point here (DNS rebinding), that Host.
    if (!m_web.answersTo(head.host)) {
        return HttpResponse::error(403,
            {ErrorCode::Forbidden,
                QStringLiteral("This gateway does not answer under the name %1.")
                    .arg(QString::fromLatin1(head.host.left(200))),
                QStringLiteral("Host")});
    }
    if (m_web.page(head.origin, head.host) == WebAccess::Page::Foreign) {
        return HttpResponse::error(403,
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

std::optional<HttpResponse> HttpHandler::refuseAccess(
    const HttpHead &head, const std::optional<Principal> &who) const
{
    const Endpoint *const endpoint = endpointFor(head.path());
    if (!endpoint || endpoint->access == Access::Anybody)
        return std::nullopt;
    if (!who) {
        return head.authorization.isEmpty() && !head.certificateName.isEmpty()
            ? HttpResponse::error(403,
                  {ErrorCode::Forbidden,
                      QStringLiteral("The certificate of %1 is not one of a sender.")
                          .arg(head.certificateName),
                      {}})
            : HttpResponse::error(401,
                  {ErrorCode::Unauthenticated, QStringLiteral("A bearer token is needed."), {}});
    }
    const bool may = endpoint->access == Access::Sender ? who->maySend() : who->mayView();
    if (!may) {
        return HttpResponse::error(403,
            {ErrorCode::Forbidden,
                QStringLiteral("The role %1 may not do this.").arg(enumQString(who->role)), {}});
    }
    return std::nullopt;
}

std::optional<HttpResponse> HttpHandler::refuse(const HttpHead &head) const
{
    if (auto foreign = refuseForeign(head))
        return foreign;
    const QByteArray path = head.path();
    const Endpoint *endpoint = endpointFor(path);
    if (!endpoint) {
        return HttpResponse::error(404,
            {ErrorCode::NotFound,
                QStringLiteral("There is nothing at %1.").arg(QString::fromUtf8(path.left(200))),
                {}});
    }
    const bool isPreflight = head.method == "OPTIONS" && !head.preflightMethod.isEmpty()
        && m_web.page(head.origin, head.host) == WebAccess::Page::Allowed;
    if (isPreflight)
        return preflight(*endpoint);
    if (!allows(*endpoint, head.method)) {
        auto response = HttpResponse::error(405,
            {ErrorCode::InvalidPayload,
                QStringLiteral("%1 takes %2.")
                    .arg(QString::fromUtf8(path), QString::fromUtf8(endpoint->methods)),
                {}});
        response.headers.emplaceBack("Allow", endpoint->methods.toByteArray());
        return response;
    }
    if (path == "/ws" && !head.isUpgrade) {
        auto response = HttpResponse::error(
            426, {ErrorCode::InvalidPayload, QStringLiteral("This is a WebSocket's address."), {}});
        response.headers.emplaceBack("Upgrade", "websocket");
        return response;
    }
    if (auto refusal = refuseAccess(head, principal(head)))
        return refusal;
    if (path.startsWith("/ingest/")) {
        if (auto refusal = m_ingest.refuse(head))
            return refusal;
    }
    if (head.contentLength > quint64(m_services.configuration.largestBody)) {
        return HttpResponse::error(413,
            {ErrorCode::TooLarge,
                QStringLiteral("A body may have at most %1 bytes.")
                    .arg(m_services.configuration.largestBody),
                {}});
    }
    if (m_services.isStopping) {
        return HttpResponse::error(
            503, {ErrorCode::Unavailable, QStringLiteral("The gateway is shutting down."), {}});
    }
    return std::nullopt;
}

void HttpHandler::handle(const HttpHead &head, std::string body, Done done) const
{
    const QByteArray path = head.path();
    // Asked again: since refuse(), for as long as the body took, the token may have expired or been
    // taken away.
    const auto known = principal(head);
    if (const auto refusal = refuseAccess(head, known)) {
        return m_services.loop.post(
            [done = std::move(done), response = *refusal] { done(response); });
    }
    const Principal who = known.value_or(Principal());
    if (path.startsWith("/ingest/"))
        return m_ingest.handle(head, std::move(body), who.rooms, std::move(done));
    if (path == "/api/incidents")
        return listIncidents(head, who, std::move(done));
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

// Codes and places only: a message may hold what was sent, and so may a query or an unknown path.
void HttpHandler::tell(const HttpHead &head, const HttpResponse &response) const
{
    const QByteArray path = head.path();
    const bool isKnown = endpointFor(path) != nullptr;
    const bool isPost = isKnown && path.startsWith("/ingest/");
    const bool isRefused = response.status >= 400;
    const LogLevel level = isPost && isRefused ? LogLevel::Info : LogLevel::Debug;
    if (!(isPost || isRefused) || !Logbook::isOn(level))
        return;
    const QString name = m_services.tokens ? principal(head).value_or(Principal{}).name : QString();
    if (!isRefused) {
        m_services.logbook.write(level, "post.accepted",
            {{"source", IngestHandler::sourceOf(head)}, {"reports", response.accepted},
                {"name", name}, {"address", head.client}});
        return;
    }
    const Error error = response.reason.value_or(Error());
    m_services.logbook.write(level, isPost ? "post.refused" : "request.refused",
        {{"method", isPost ? QString() : QString::fromLatin1(head.method)},
            {"path", isKnown ? QString::fromLatin1(path) : QString()},
            {"source", isPost ? IngestHandler::sourceOf(head) : QString()},
            {"status", response.status}, {"error", errorCodeName(error.code)},
            {"where", error.where}, {"name", name}, {"address", head.client}},
        isPost ? path : QByteArray());
}

void HttpHandler::sayWhetherReady(Done done) const
{
    m_services.writer.probe(
        [done = std::move(done), &loop = m_services.loop](const Expected<bool> &ready) {
            HttpResponse response;
            if (ready)
                response.body = "{\"status\":\"ready\"}\n";
            else
                response = HttpResponse::failure(ready.error());
            loop.post([done, response] { done(response); });
        });
}

void HttpHandler::listIncidents(const HttpHead &head, const Principal &who, Done done) const
{
    QString room = head.query().queryItemValue(QStringLiteral("room"), QUrl::FullyDecoded);
    if (room.isEmpty())
        room = defaultRoom.toString();
    const auto refuseWith = [&](const Error &error) {
        m_services.loop.post([done, error] { done(HttpResponse::failure(error)); });
    };
    if (!isRoomName(room)) {
        return refuseWith({ErrorCode::InvalidPayload,
            QStringLiteral("room: expected a name of 1 to 200 characters"),
            QStringLiteral("room")});
    }
    if (!who.mayUse(room)) {
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
                response = HttpResponse::failure(json.error());
            loop.post([done, response] { done(response); });
        });
}

} // namespace tocsin
