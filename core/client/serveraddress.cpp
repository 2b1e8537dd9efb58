// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/serveraddress.h"

#include "client/clientsentence_p.h"

#include <QHostAddress>
#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>

namespace tocsin {

namespace {

constexpr qsizetype longest = 2'000;

tl::unexpected<Error> noAddress(const QString &message)
{
    return makeError(ErrorCode::BadConfiguration, message);
}

// As it stands in a text that it is copied from: "<https://ops.example.com>".
QString withoutWrapping(const QString &typed)
{
    static const QRegularExpression wrapping(
        QStringLiteral("^[\\s<>\"'`“”„‘’«»]+|[\\s<>\"'`“”„‘’«»,;]+$"));
    return QString(typed).remove(wrapping);
}

// An IPv6 address needs brackets before a scheme can be put in front of it.
QString bracketed(const QString &text)
{
    const QHostAddress address(text);
    return address.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + text + u']' : text;
}

QUrl withScheme(const QString &text)
{
    static const QRegularExpression scheme(QStringLiteral("^[A-Za-z][A-Za-z0-9+.-]*://"));
    if (scheme.match(text).hasMatch())
        return QUrl(text, QUrl::TolerantMode);
    const QString rest = bracketed(text);
    QUrl url(QStringLiteral("wss://") + rest, QUrl::TolerantMode);
    if (!isLoopbackHost(url.host()))
        return url;
    url.setScheme(QStringLiteral("ws"));
    if (url.port() < 0)
        url.setPort(usualGatewayPort);
    return url;
}

bool holdsSecret(const QUrl &url)
{
    static const QRegularExpression secret(
        QStringLiteral("token|secret|passw|ticket|^auth|key$|^sig"),
        QRegularExpression::CaseInsensitiveOption);
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    return std::ranges::any_of(
        items, [](const auto &item) { return secret.match(item.first).hasMatch(); });
}

// What a browser shows of a gateway, or what is posted to it, is not where it is listened to.
QString webSocketPath(QString path)
{
    static const QRegularExpression pages(
        QStringLiteral("/(ws|api/.*|ingest/.*|healthz|readyz|metrics|index\\.html?)?$"));
    const auto page = pages.match(path);
    if (page.hasMatch())
        path.truncate(page.capturedStart());
    return path + QStringLiteral("/ws");
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    return host == u"localhost" || host.endsWith(u".localhost") || QHostAddress(host).isLoopback();
}

Expected<QUrl> serverAddress(const QString &typed)
{
    const QString text = withoutWrapping(typed);
    if (text.isEmpty()) {
        return noAddress(ClientSentence::tr(
            "Give the address of a server, such as ops.example.com or wss://ops.example.com/ws."));
    }
    QUrl url = withScheme(text);
    // Before anything is said that repeats the address.
    if (!url.userInfo().isEmpty()) {
        return noAddress(
            ClientSentence::tr("Leave user and password out of the address: they would "
                               "be seen wherever it is shown. A token has its own place."));
    }
    if (holdsSecret(url)) {
        return noAddress(ClientSentence::tr("Leave the token out of the address: it would be seen "
                                            "wherever that is shown. It has its own place."));
    }
    if (text.size() > longest)
        return noAddress(ClientSentence::tr("This is too long for the address of a server."));
    if (!url.isValid() || url.host().isEmpty() || text.contains(u' ')) {
        return noAddress(ClientSentence::tr(
            "“%1” is not the address of a server: it looks like ops.example.com, "
            "10.0.0.5:8787 or wss://ops.example.com/ws.")
                .arg(text));
    }
    const QString scheme = url.scheme();
    if (scheme == u"http" || scheme == u"https") {
        url.setScheme(scheme == u"https" ? QStringLiteral("wss") : QStringLiteral("ws"));
        url.setPath(webSocketPath(url.path()));
        url.setQuery(QString());
    } else if (scheme != u"ws" && scheme != u"wss") {
        return noAddress(ClientSentence::tr("A server's address begins with wss:// or ws://, or is "
                                            "copied from a browser; it does not begin with %1://.")
                .arg(scheme));
    } else if (url.path().isEmpty() || url.path() == u"/") {
        url.setPath(QStringLiteral("/ws"));
    }
    url.setFragment(QString());
    if (url.port() == (url.scheme() == u"wss" ? 443 : 80))
        url.setPort(-1);
    return url;
}

Expected<QList<QUrl>> serverAddresses(const QString &typed)
{
    static const QRegularExpression between(QStringLiteral("[,;\\r\\n]+"));
    QList<QUrl> addresses;
    const QStringList pieces = typed.split(between);
    for (const QString &piece : pieces) {
        if (withoutWrapping(piece).isEmpty())
            continue;
        const auto address = serverAddress(piece);
        if (!address)
            return tl::unexpected<Error>(address.error());
        if (!addresses.contains(*address))
            addresses.append(*address);
    }
    if (addresses.isEmpty())
        return tl::unexpected<Error>(serverAddress(typed).error());
    if (addresses.size() > mostServerAddresses) {
        return noAddress(ClientSentence::tr("A server has at most %1 addresses, and these are %2.")
                .arg(mostServerAddresses)
                .arg(addresses.size()));
    }
    return addresses;
}

} // namespace tocsin
