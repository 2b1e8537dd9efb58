// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QUrlQuery>

#include <optional>

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
    /// Whose request it is, as a session's peerAddress().
    QString client = {};
    bool isUpgrade = false;

    /// The target without its query.
    [[nodiscard]] QByteArray path() const;
    [[nodiscard]] QUrlQuery query() const;
    /// `Application/JSON; charset=utf-8` is `application/json`.
    [[nodiscard]] QByteArray mediaType() const;
};

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

struct HttpResponse {
    int status = 200;
    QByteArray body;
    QByteArray contentType = "application/json";
    HttpHeaders headers = {};
    /// What an answer of 400 and more says of itself.
    std::optional<Error> reason = {};
    /// The reports of a POST that was accepted.
    int accepted = 0;

    [[nodiscard]] static HttpResponse error(int status, const Error &error);
    /// Of what was tried and failed. How the storage fails is for the operator's log, and not told.
    [[nodiscard]] static HttpResponse failure(const Error &error);
};

} // namespace tocsin
