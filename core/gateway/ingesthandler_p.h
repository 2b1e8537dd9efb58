// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/http_p.h"
#include "gateway/session_p.h"

namespace tocsin {

/// What becomes of a POST to `/ingest/…`: the sender's form becomes reports, each is given its
/// rooms, and all are written, or none. Knows no socket. Loop's thread only.
class IngestHandler
{
public:
    using Done = std::function<void(HttpResponse)>;

    explicit IngestHandler(GatewayServices &services);

    /// What a post's incidents have as their source, where they do not name one.
    [[nodiscard]] static QString sourceOf(const HttpHead &head);

    /// The answer to a post that is refused for its header.
    [[nodiscard]] std::optional<HttpResponse> refuse(const HttpHead &head) const;
    /// `rooms`: the patterns that the sender is good for. Answers later, in the loop's thread.
    void handle(const HttpHead &head, std::string body, const QStringList &rooms, Done done) const;

private:
    GatewayServices &m_services;
    /// Those of which it matters whether they are heard.
    QSet<QString> m_expectedSources;
};

} // namespace tocsin
