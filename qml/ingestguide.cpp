// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "qml/ingestguide.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace tocsin {

namespace {

QString shellQuoted(QString text)
{
    return u'\'' + text.replace(u'\'', uR"('\'')"_s) + u'\'';
}

/// A scalar in double quotes, in which YAML and JSON agree.
QString yamlQuoted(QString text)
{
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

} // namespace

QString IngestGuide::server() const
{
    return m_server;
}

void IngestGuide::setServer(const QString &server)
{
    if (std::exchange(m_server, server) != server)
        Q_EMIT changed();
}

QString IngestGuide::tokenFile() const
{
    return m_tokenFile;
}

void IngestGuide::setTokenFile(const QString &tokenFile)
{
    if (std::exchange(m_tokenFile, tokenFile) != tokenFile)
        Q_EMIT changed();
}

QString IngestGuide::role() const
{
    return m_role;
}

void IngestGuide::setRole(const QString &role)
{
    if (std::exchange(m_role, role) != role)
        Q_EMIT changed();
}

bool IngestGuide::needsSendersToken() const
{
    const bool asksForOne = !m_role.isEmpty() || !m_tokenFile.isEmpty();
    const bool ownReports = m_role == u"admin" || m_role == u"sender";
    return asksForOne && (m_tokenFile.isEmpty() || !ownReports);
}

QString IngestGuide::sendersTokenFile() const
{
    return needsSendersToken() ? u"sender.token"_s : m_tokenFile;
}

QString IngestGuide::tokenCommand() const
{
    if (!needsSendersToken() || alertmanagerUrl().isEmpty())
        return {};
    return u"tocsin-gateway token new --tokens tokens.toml \\\n"
           "  --name alertmanager --role sender > %1"_s.arg(sendersTokenFile());
}

QString IngestGuide::ingestUrl(QStringView kind) const
{
    QUrl url(m_server, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return {};
    if (url.scheme() == u"ws")
        url.setScheme(u"http"_s);
    else if (url.scheme() == u"wss")
        url.setScheme(u"https"_s);
    else
        return {};
    // The gateway serves HTTP beside its WebSocket, also where a proxy puts both under a prefix.
    QString path = url.path();
    if (path.endsWith(u"/ws"))
        path.chop(3);
    while (path.endsWith(u'/'))
        path.chop(1);
    url.setPath(u"%1/ingest/%2"_s.arg(path, kind));
    url.setQuery(QString());
    url.setUserInfo({});
    return url.toString(QUrl::FullyEncoded);
}

QString IngestGuide::alertmanagerUrl() const
{
    return ingestUrl(u"alertmanager");
}

QString IngestGuide::alertmanagerConfiguration() const
{
    const QString url = alertmanagerUrl();
    if (url.isEmpty())
        return {};
    QString text = u"route:\n"
                   "  receiver: tocsin\n"
                   "receivers:\n"
                   "  - name: tocsin\n"
                   "    webhook_configs:\n"
                   "      - url: %1"_s.arg(url);
    if (const QString file = sendersTokenFile(); !file.isEmpty()) {
        text += u"\n        http_config:\n"
                "          authorization:\n"
                "            credentials_file: %1"_s.arg(yamlQuoted(file));
    }
    return text;
}

QString IngestGuide::curlCommand() const
{
    const QString url = ingestUrl(u"incident");
    if (url.isEmpty())
        return {};
    const QString file = sendersTokenFile();
    const QString authorization = file.isEmpty()
        ? QString()
        : u"  -H \"Authorization: Bearer $(cat %1)\" \\\n"_s.arg(shellQuoted(file));
    return u"curl %1 \\\n"
           "%2"
           "  -H 'Content-Type: application/json' \\\n"
           "  -d '{\"key\": \"try-1\", \"title\": \"Disk almost full on db-3\",\n"
           "       \"severity\": \"critical\", \"service\": \"orders-db\"}'"_s.arg(
               url, authorization);
}

} // namespace tocsin
