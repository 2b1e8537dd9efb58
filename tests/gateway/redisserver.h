// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace tocsin::test {

using namespace Qt::StringLiterals;

/// A redis-server of the test's own, on loopback, with its append-only file.
class RedisServer
{
public:
    RedisServer()
    {
        QTcpServer probe;
        if (probe.listen(QHostAddress::LocalHost))
            m_port = probe.serverPort();
    }
    ~RedisServer() { kill(); }

    /// Again on the same port, with what it held.
    bool start(const QStringList &options = {})
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::MergedChannels);
        m_process->start(u"redis-server"_s,
            QStringList{u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(m_port),
                u"--dir"_s, m_directory.path(), u"--appendonly"_s, u"yes"_s, u"--save"_s, QString()}
                + options);
        return m_process->waitForStarted()
            && QTest::qWaitFor([this] { return command({u"PING"_s}) == "PONG"; }, 10'000);
    }
    /// SIGKILL.
    void kill()
    {
        if (!m_process || m_process->state() == QProcess::NotRunning)
            return;
        m_process->kill();
        m_process->waitForFinished();
    }
    void stop() const { ::kill(pid_t(m_process->processId()), SIGSTOP); }
    void goOn() const { ::kill(pid_t(m_process->processId()), SIGCONT); }

    /// What redis-cli says.
    QByteArray command(const QStringList &words) const
    {
        QProcess client;
        client.start(u"redis-cli"_s, QStringList{u"-p"_s, QString::number(m_port)} + words);
        client.waitForFinished();
        return client.readAllStandardOutput().trimmed();
    }
    QString url() const { return u"redis://127.0.0.1:%1/0"_s.arg(m_port); }
    QString filePath(const QString &name) const { return m_directory.filePath(name); }

private:
    QTemporaryDir m_directory;
    std::unique_ptr<QProcess> m_process;
    quint16 m_port = 0;
};

} // namespace tocsin::test
