// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslError>
#include <QTest>
#include <QWebSocket>

namespace tocsin::test {

using namespace Qt::StringLiterals;

inline constexpr int patience = 10'000;

/// One WebSocket session, with what it received.
class Peer : public QObject
{
public:
    explicit Peer(const QUrl &url, const QString &origin = {})
        : socket(origin)
    {
        connect(&socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
            const auto object = QJsonDocument::fromJson(text.toUtf8()).object();
            if (object.isEmpty())
                plain.append(text);
            else
                messages.append(object);
        });
        connect(&socket, &QWebSocket::disconnected, this, [this] { isClosed = true; });
        socket.open(url);
    }
    bool send(const QJsonObject &command)
    {
        return send(QString::fromUtf8(QJsonDocument(command).toJson(QJsonDocument::Compact)));
    }
    bool send(const QString &text)
    {
        return waitUntil([this] { return socket.isValid(); })
            && socket.sendTextMessage(text) == text.toUtf8().size();
    }
    bool join(const QString &room)
    {
        return send({{u"type"_s, u"room.join"_s}, {u"room"_s, room}});
    }
    bool waitUntil(const std::function<bool()> &condition)
    {
        return QTest::qWaitFor(condition, patience);
    }
    bool waitForMessages(qsizetype count)
    {
        return waitUntil([&] { return messages.size() >= count; });
    }
    /// The first message of that name from place `from` on, taken as soon as it has come.
    QJsonObject take(const QString &name)
    {
        QJsonObject found;
        waitUntil([&] {
            for (qsizetype i = 0; i < messages.size(); ++i) {
                if (messages[i].value(u"name"_s) == name) {
                    found = messages.takeAt(i);
                    return true;
                }
            }
            return false;
        });
        return found;
    }
    QJsonObject takeData(const QString &name) { return take(name).value(u"data"_s).toObject(); }
    bool waitForClose(int code)
    {
        return waitUntil([this] { return isClosed; }) && int(socket.closeCode()) == code;
    }

    QWebSocket socket;
    QList<QJsonObject> messages;
    QStringList plain;
    bool isClosed = false;
};

struct Answer {
    int status = 0;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers;

    QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    QJsonObject error() const { return json().value(u"error"_s).toObject(); }
};

using Headers = QList<std::pair<QByteArray, QByteArray>>;

inline Answer request(const QByteArray &method, const QUrl &url, const QByteArray &body = {},
    const Headers &headers = {}, const QSslConfiguration *tls = nullptr)
{
    QNetworkAccessManager manager;
    QNetworkRequest request(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);
    if (tls)
        request.setSslConfiguration(*tls);
    const std::unique_ptr<QNetworkReply> reply(manager.sendCustomRequest(request, method, body));
    if (!QTest::qWaitFor([&] { return reply->isFinished(); }, 60'000))
        return {};
    Answer answer{
        reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(), {}};
    for (const auto &[name, value] : reply->rawHeaderPairs())
        answer.headers.insert(name.toLower(), value);
    return answer;
}

inline Answer post(
    const QUrl &server, const QString &path, const QByteArray &body, const Headers &headers = {})
{
    return request("POST", server.resolved(QUrl(path)), body, headers);
}

inline QByteArray nativeReport(
    const QString &key, const QString &status = u"firing"_s, qint64 startsAt = 1000)
{
    return QJsonDocument(
        QJsonObject{{u"key"_s, key}, {u"title"_s, u"Title of "_s + key}, {u"status"_s, status},
            {u"severity"_s, u"critical"_s}, {u"startsAt"_s, startsAt}})
        .toJson(QJsonDocument::Compact);
}

} // namespace tocsin::test
