// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/session_p.h"
#include "gateway/webaccess_p.h"

namespace tocsin {

/// What is known of a request before its body.
struct HttpHead {
    QByteArray method;
    QByteArray target;
    QByteArray host;
    QByteArray origin;
    QByteArray authorization;
    /// Whose certificate the connection has shown (see clientCertificateName()).
    QString certificateName = {};
    /// What a browser asks for before it sends a page's request.
    QByteArray preflightMethod;
    QByteArray forwardedFor;
    QByteArray contentType;
    QByteArray contentEncoding;
    /// The headers that begin with `ce-`, by their names in lower case.
    QHash<QByteArray, QByteArray> cloudEvent;
    std::optional<quint64> contentLength;
    bool isUpgrade = false;
};

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

struct HttpResponse {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
    HttpHeaders headers = {};
};

/// What the gateway answers over HTTP (docs/gateway.md, "Endpoints"). Knows no socket. Loop's
/// thread only.
class HttpHandler
{
public:
    using Done = std::function<void(HttpResponse)>;

    explicit HttpHandler(GatewayServices &services);

    /// The answer to a request that is refused whatever its body says; nothing where it is to be
    /// read and handled, or upgraded.
    [[nodiscard]] std::optional<HttpResponse> refuse(const HttpHead &head) const;
    /// Answers later, in the loop's thread, a request that refuse() let pass.
    void handle(const HttpHead &head, std::string body, Done done) const;

    /// What every answer to it carries, so that a page of another site that is let in can read it.
    [[nodiscard]] HttpHeaders crossOriginHeaders(const HttpHead &head) const;

    [[nodiscard]] static HttpResponse errorResponse(int status, const Error &error);

private:
    [[nodiscard]] std::optional<HttpResponse> refuseForeign(const HttpHead &head) const;
    [[nodiscard]] std::optional<Principal> principal(const HttpHead &head) const;
    [[nodiscard]] std::optional<Principal> certificateHolder(const HttpHead &head) const;
    [[nodiscard]] std::optional<HttpResponse> refuseContent(const HttpHead &head) const;
    [[nodiscard]] QSet<QString> knownSources() const;
    void ingest(const HttpHead &head, std::string body, Done done) const;
    void sayWhetherReady(Done done) const;
    void listIncidents(const HttpHead &head, Done done) const;

    GatewayServices &m_services;
    WebAccess m_web;
};

} // namespace tocsin
