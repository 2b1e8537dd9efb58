// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

namespace tocsin::test {

using namespace Qt::StringLiterals;

/// Options of a Redis that answers nothing before it is on disk: of such a one, and of no other,
/// the same history may go on when it was started anew.
inline const QStringList keepsAll{u"--appendfsync"_s, u"always"_s};

/// A redis-server of the test's own, on loopback, with its append-only file.
class RedisServer
{
public:
    explicit RedisServer(const QString &host = u"127.0.0.1"_s)
        : m_host(host)
    {
        QTcpServer probe;
        if (probe.listen(QHostAddress(host)))
            m_port = probe.serverPort();
    }
    ~RedisServer() { kill(); }

    /// Again on the same port, with what it held.
    bool start(const QStringList &options = {})
    {
        m_tlsOptions.clear();
        return launch(asServer(options));
    }
    /// The same over TLS, and nothing without, with what `authority` has issued last.
    bool startOverTls(const QString &authority, const QStringList &options = {})
    {
        QStringList all{u"--port"_s, u"0"_s};
        const auto settings = tlsSettings(authority);
        for (const auto &[name, value] : settings)
            all += {u"--"_s + name, value};
        return launch(asServer(all + options));
    }
    /// As one of Redis Sentinel, with these lines more in its configuration; over TLS where there
    /// is an authority.
    bool startAsSentinel(const QStringList &lines, const QString &authority = {})
    {
        QStringList all{u"bind "_s + m_host, u"dir "_s + m_directory.path(),
            u"port "_s + (authority.isEmpty() ? QString::number(m_port) : u"0"_s)};
        if (!authority.isEmpty()) {
            all += u"tls-replication yes"_s;
            const auto settings = tlsSettings(authority);
            for (const auto &[name, value] : settings)
                all += name + u' ' + value;
        }
        QFile file(filePath(u"sentinel.conf"_s));
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write((all + lines).join(u'\n').toUtf8() + '\n');
        file.close();
        return launch({file.fileName(), u"--sentinel"_s});
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

    /// With which redis-cli logs in.
    void setPassword(const QString &password) { m_password = password; }
    /// What redis-cli says.
    QByteArray command(const QStringList &words) const
    {
        QProcess client;
        auto environment = QProcessEnvironment::systemEnvironment();
        if (!m_password.isEmpty())
            environment.insert(u"REDISCLI_AUTH"_s, m_password);
        client.setProcessEnvironment(environment);
        client.start(u"redis-cli"_s,
            QStringList{u"-h"_s, m_host, u"-p"_s, QString::number(m_port)} + m_tlsOptions + words);
        client.waitForFinished();
        return client.readAllStandardOutput().trimmed();
    }
    quint16 port() const { return m_port; }
    /// `HOST:PORT`
    QString address() const
    {
        return (m_host.contains(u':') ? u'[' + m_host + u']' : m_host) + u':'
            + QString::number(m_port);
    }
    QString url() const { return u"redis://%1/0"_s.arg(address()); }
    QString filePath(const QString &name) const { return m_directory.filePath(name); }

private:
    QStringList asServer(const QStringList &options) const
    {
        return QStringList{u"--bind"_s, m_host, u"--port"_s, QString::number(m_port), u"--dir"_s,
                   m_directory.path(), u"--appendonly"_s, u"yes"_s, u"--save"_s, QString()}
        + options;
    }
    QList<std::pair<QString, QString>> tlsSettings(const QString &authority)
    {
        const QString certificate = authority + u"/it.pem"_s;
        const QString key = authority + u"/it.key"_s;
        m_tlsOptions = {u"--tls"_s, u"--insecure"_s, u"--cert"_s, certificate, u"--key"_s, key};
        return {{u"tls-port"_s, QString::number(m_port)}, {u"tls-cert-file"_s, certificate},
            {u"tls-key-file"_s, key}, {u"tls-ca-cert-file"_s, authority + u"/ca.pem"_s},
            {u"tls-auth-clients"_s, u"no"_s}};
    }
    bool launch(const QStringList &arguments)
    {
        m_process = std::make_unique<QProcess>();
        m_process->setProcessChannelMode(QProcess::MergedChannels);
        m_process->start(u"redis-server"_s, arguments);
        return m_process->waitForStarted()
            && QTest::qWaitFor([this] { return command({u"PING"_s}) == "PONG"; }, 10'000);
    }

    QTemporaryDir m_directory;
    std::unique_ptr<QProcess> m_process;
    const QString m_host;
    QStringList m_tlsOptions;
    QString m_password;
    quint16 m_port = 0;
};

} // namespace tocsin::test
