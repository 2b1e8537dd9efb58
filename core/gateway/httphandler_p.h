// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/ingesthandler_p.h"
#include "gateway/webaccess_p.h"

namespace tocsin {

/// What the gateway answers over HTTP (docs/gateway.md, "Endpoints"). Knows no socket. Loop's
/// thread only.
class HttpHandler
{
public:
    using Done = IngestHandler::Done;

    explicit HttpHandler(GatewayServices &services);

    /// The answer to a request that is refused whatever its body says; nothing where it is to be
    /// read and handled, or upgraded.
    [[nodiscard]] std::optional<HttpResponse> refuse(const HttpHead &head) const;
    /// Answers later, in the loop's thread, a request that refuse() let pass.
    void handle(const HttpHead &head, std::string body, Done done) const;

    /// What every answer to it carries, so that a page of another site that is let in can read it.
    [[nodiscard]] HttpHeaders crossOriginHeaders(const HttpHead &head) const;

    /// Tells the operator of what was refused, and, where asked for, of what was accepted.
    void tell(const HttpHead &head, const HttpResponse &response) const;

private:
    [[nodiscard]] std::optional<HttpResponse> refuseForeign(const HttpHead &head) const;
    [[nodiscard]] std::optional<Principal> principal(const HttpHead &head) const;
    [[nodiscard]] std::optional<Principal> certificateHolder(const HttpHead &head) const;
    void sayWhetherReady(Done done) const;
    /// Where they may not do what is asked for; nobody is somebody without a token.
    [[nodiscard]] std::optional<HttpResponse> refuseAccess(
        const HttpHead &head, const std::optional<Principal> &who) const;
    void listIncidents(const HttpHead &head, const Principal &who, Done done) const;

    GatewayServices &m_services;
    WebAccess m_web;
    IngestHandler m_ingest;
};

} // namespace tocsin
