// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/upgraderequest_p.h"

#include "client/clientsentence_p.h"

#include <algorithm>

namespace tocsin {

namespace {

// RFC 9110 section 5.6.2.
bool isToken(QByteArrayView text)
{
    constexpr QByteArrayView marks("!#$%&'*+-.^_`|~");
    return !text.isEmpty() && std::ranges::all_of(text, [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || marks.contains(c);
    });
}

// A line break would let a value become a header of its own.
bool isFieldValue(QByteArrayView text)
{
    return std::ranges::all_of(
        text, [](char c) { return (quint8(c) >= 0x20 && c != 0x7f) || c == '\t'; });
}

bool belongsToTheHandshake(const QByteArray &name)
{
    const QByteArray lower = name.toLower();
    return lower == "host" || lower == "upgrade" || lower == "connection"
        || lower.startsWith("sec-websocket-");
}

} // namespace

Expected<void> usableUrl(const QUrl &url)
{
    const auto unusable
        = [](const QString &message) { return makeError(ErrorCode::BadConfiguration, message); };
    if (url.isEmpty())
        return unusable(ClientSentence::tr("There is no address to connect to."));
    if (!url.isValid())
        return unusable(ClientSentence::tr("The address of the server is not a URL."));
    if (url.scheme() != u"ws" && url.scheme() != u"wss") {
        return unusable(ClientSentence::tr(
            "The address of the server must begin with ws:// or wss://, not with %1.")
                .arg(url.scheme().isEmpty() ? QStringLiteral("anything else")
                                            : url.scheme() + u':'));
    }
    if (url.host().isEmpty())
        return unusable(ClientSentence::tr("The address of the server names no host."));
    return {};
}

Expected<QNetworkRequest> upgradeRequest(const SocketClientOptions &options)
{
    if (const auto usable = usableUrl(options.url); !usable)
        return tl::unexpected<Error>(usable.error());
    // One that is never tried while the others work would be a surprise on the day they do not.
    for (const QUrl &url : options.alternatives) {
        if (const auto usable = usableUrl(url); !usable) {
            return makeError(usable.error().code,
                ClientSentence::tr("One of the server's further addresses cannot be used. %1")
                    .arg(usable.error().message));
        }
    }
    QNetworkRequest request(options.url);
    for (const auto &[name, value] : options.requestHeaders) {
        if (!isToken(name) || belongsToTheHandshake(name)) {
            return makeError(ErrorCode::BadConfiguration,
                ClientSentence::tr("A request header cannot be called \"%1\".")
                    .arg(QString::fromLatin1(name.toPercentEncoding("!#$&'*+^`|"))));
        }
        if (!isFieldValue(value)) {
            return makeError(ErrorCode::BadConfiguration,
                ClientSentence::tr(
                    "The value of the request header \"%1\" holds a character that a "
                    "header cannot.")
                    .arg(QString::fromLatin1(name)));
        }
        // One name twice is one list (RFC 9110 section 5.3).
        request.setRawHeader(
            name, request.hasRawHeader(name) ? request.rawHeader(name) + ", " + value : value);
    }
    for (const QString &subprotocol : options.subprotocols) {
        if (!isToken(subprotocol.toUtf8())) {
            return makeError(ErrorCode::BadConfiguration,
                ClientSentence::tr("A subprotocol cannot be called \"%1\".").arg(subprotocol));
        }
    }
    return request;
}

} // namespace tocsin
