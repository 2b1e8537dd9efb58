// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "peer.h"

#include <QProcess>
#include <QRegularExpression>

#include <csignal>

namespace tocsin::test {

/// The program tocsin-gateway in a process of its own, on a free port of loopback, over a Redis.
class GatewayProcess
{
public:
    ~GatewayProcess() { kill(); }

    bool start(const QString &dataDirectory, const QString &redis, const QStringList &more = {})
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(TOCSIN_BINARY_DIR "/tocsin-gateway"),
            QStringList{u"--listen"_s, u"127.0.0.1:0"_s, u"--data-dir"_s, dataDirectory, u"--log"_s,
                redis, u"--log-level"_s, u"error"_s}
                + more);
        if (!QTest::qWaitFor([this] { return m_process.canReadLine(); }, patience))
            return false;
        const QString line = QString::fromUtf8(m_process.readLine());
        static const QRegularExpression http(u"http://[^ ]+"_s);
        m_http = QUrl(http.match(line).captured());
        return !m_http.isEmpty();
    }
    /// SIGKILL.
    void kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return;
        m_process.kill();
        m_process.waitForFinished();
    }
    /// SIGTERM: it says goodbye.
    void terminate() { m_process.terminate(); }
    void stop() const { ::kill(pid_t(m_process.processId()), SIGSTOP); }
    /// Goes on after stop().
    void resume() const { ::kill(pid_t(m_process.processId()), SIGCONT); }
    [[nodiscard]] QUrl http() const { return m_http; }
    [[nodiscard]] QUrl webSocket() const
    {
        return QUrl(u"ws://127.0.0.1:%1/ws"_s.arg(m_http.port()));
    }

private:
    QProcess m_process;
    QUrl m_http;
};

} // namespace tocsin::test
