// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "incidents/linkpolicy.h"

using namespace Qt::StringLiterals;

namespace tocsin {

std::optional<QUrl> openableUrl(const QString &address)
{
    QUrl url(address, QUrl::StrictMode);
    if (!url.isValid())
        return std::nullopt;
    const QString scheme = url.scheme(); // in small letters, always
    if ((scheme == u"http" || scheme == u"https") && !url.host().isEmpty())
        return url;
    if (scheme == u"mailto" && url.host().isEmpty() && url.path().contains(u'@'))
        return url;
    return std::nullopt;
}

QString destination(const QString &address)
{
    const auto url = openableUrl(address);
    if (!url)
        return {};
    if (url->scheme() == u"mailto")
        return url->path(QUrl::FullyEncoded);
    const QString host = url->host(QUrl::FullyEncoded);
    const QString shown = host.contains(u':') ? u"[%1]"_s.arg(host) : host;
    return url->port() < 0 ? shown : u"%1:%2"_s.arg(shown).arg(url->port());
}

QString runbookOf(const Incident &incident)
{
    for (const QString &name : {u"runbook_url"_s, u"runbook"_s}) {
        const QString address = incident.annotations.value(name);
        if (openableUrl(address))
            return address;
    }
    for (const Link &link : incident.links) {
        if (link.title.compare(u"runbook", Qt::CaseInsensitive) == 0 && openableUrl(link.url))
            return link.url;
    }
    return {};
}

} // namespace tocsin
