// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/webaccess_p.h"

#include "gateway/loopback_p.h"

#include <QRegularExpression>

namespace tocsin {

namespace {

QByteArray withoutPort(const QByteArray &authority)
{
    const qsizetype colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.left(colon) : authority;
}

// Browsers leave out the port that is the scheme's own; a Host header may hold it all the same.
QByteArray normalOrigin(const QByteArray &origin)
{
    QByteArray normal = origin.trimmed().toLower();
    for (const auto &[scheme, port] :
        {std::pair<QByteArray, QByteArray>("http://", ":80"), {"https://", ":443"}}) {
        if (normal.startsWith(scheme) && normal.endsWith(port))
            normal.chop(port.size());
    }
    return normal;
}

Error wrong(const QString &what)
{
    return {ErrorCode::BadConfiguration, what, {}};
}

} // namespace

bool WebAccess::isHost(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("^([a-z0-9_]([a-z0-9_.-]{0,252})|\\[[0-9a-f:.]+\\])(:[0-9]{1,5})?$"),
        QRegularExpression::CaseInsensitiveOption);
    return pattern.match(text).hasMatch();
}

bool WebAccess::isOrigin(const QString &text)
{
    const qsizetype behind = text.indexOf(QStringLiteral("://"));
    const QString scheme = text.left(qMax(behind, 0)).toLower();
    return (scheme == u"http" || scheme == u"https") && isHost(text.sliced(behind + 3));
}

Expected<WebAccess> WebAccess::from(
    const QStringList &hosts, const QStringList &origins, Listening listening)
{
    WebAccess access;
    access.m_listening = listening;
    for (const QString &host : hosts) {
        if (!isHost(host)) {
            return tl::unexpected<Error>(
                wrong(QStringLiteral("\"%1\" is not a host to be reached under, as"
                                     " \"tocsin.example.com\".")
                        .arg(host)));
        }
        access.m_hosts.append(host.toLatin1().toLower());
    }
    for (const QString &origin : origins) {
        if (!isOrigin(origin)) {
            return tl::unexpected<Error>(
                wrong(QStringLiteral("\"%1\" is not the origin of a web page, as"
                                     " \"https://status.example.com\".")
                        .arg(origin)));
        }
        access.m_origins.append(normalOrigin(origin.toLatin1()));
    }
    return access;
}

bool WebAccess::answersTo(const QByteArray &host) const
{
    if (host.isEmpty() || isLoopbackAuthority(host))
        return true;
    if (m_hosts.isEmpty())
        return m_listening == Listening::BeyondLoopback;
    const QByteArray wanted = host.trimmed().toLower();
    return m_hosts.contains(wanted) || m_hosts.contains(withoutPort(wanted));
}

WebAccess::Page WebAccess::page(const QByteArray &origin, const QByteArray &host) const
{
    if (origin.isEmpty())
        return Page::None;
    const QByteArray wanted = normalOrigin(origin);
    for (const QByteArray scheme : {"http://", "https://"}) {
        if (!host.isEmpty() && wanted == normalOrigin(scheme + host.trimmed()))
            return Page::Own;
    }
    return m_origins.contains(wanted) ? Page::Allowed : Page::Foreign;
}

} // namespace tocsin
