// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/gateway.h"
#include "gateway/tokens.h"
#include "peer.h"

#include <QTcpSocket>
#include <QTemporaryDir>

namespace tocsin::test {

/// A test of an embedded gateway, each function with one of its own. A warning fails it.
class GatewayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QTest::failOnWarning(QRegularExpression(u".*"_s));
        m_directory = std::make_unique<QTemporaryDir>();
    }
    void cleanup() { m_gateway.reset(); }

protected:
    void start(GatewayConfiguration configuration = {})
    {
        configuration.port = 0;
        configuration.dataDirectory = data();
        auto gateway = Gateway::start(configuration);
        QVERIFY2(gateway, qPrintable(gateway ? QString() : gateway.error().message));
        m_gateway = std::move(*gateway);
        m_url = m_gateway->httpUrl();
    }
    QString data() const { return m_directory->filePath(u"data"_s); }
    QString tokensFile() const { return m_directory->filePath(u"tokens.toml"_s); }
    QByteArray token(Role role) { return token({.name = enumQString(role), .role = role}); }
    QByteArray token(const NewToken &token)
    {
        return addToken(tokensFile(), token).value().toLatin1();
    }
    Answer incidents(const Headers &headers = {})
    {
        return request(
            "GET", m_url.resolved(QUrl(u"/api/incidents?room=account:default"_s)), {}, headers);
    }
    /// What comes back for bytes as they are, until the gateway closes.
    QByteArray exchange(const QByteArray &bytes)
    {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_gateway->port());
        socket.write(bytes);
        QByteArray answer;
        const auto read = [&] {
            // One that was reset is no longer open.
            if (socket.isOpen())
                answer += socket.readAll();
        };
        const bool closed = QTest::qWaitFor(
            [&] {
                read();
                return socket.state() == QAbstractSocket::UnconnectedState;
            },
            patience);
        read();
        return closed ? answer : "not closed; " + answer;
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<Gateway> m_gateway;
    QUrl m_url;
};

} // namespace tocsin::test
