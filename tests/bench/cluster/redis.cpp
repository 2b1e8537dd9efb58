// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "redis.h"

#include "servers.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>
#include <sys/prctl.h>

namespace tocsin::bench {

using namespace Qt::StringLiterals;

Redis::Redis()
{
    {
        QTcpServer probe;
        if (!probe.listen(QHostAddress::LocalHost))
            qFatal("No free port: %s", qPrintable(probe.errorString()));
        m_port = probe.serverPort();
    }
    m_process.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.start(u"redis-server"_s,
        {u"--bind"_s, u"127.0.0.1"_s, u"--port"_s, QString::number(m_port), u"--dir"_s,
            m_data.path(), u"--appendonly"_s, u"yes"_s, u"--appendfsync"_s, u"everysec"_s,
            u"--save"_s, QString()});
    if (!m_process.waitForStarted())
        qFatal("redis-server does not start: %s", qPrintable(m_process.errorString()));
    for (;;) {
        QTcpSocket socket;
        socket.connectToHost(u"127.0.0.1"_s, m_port);
        if (socket.waitForConnected(1'000))
            return;
        if (m_process.waitForFinished(20))
            qFatal("redis-server has ended");
    }
}

Redis::~Redis()
{
    m_process.kill();
    m_process.waitForFinished();
}

QString Redis::url() const
{
    return u"redis://127.0.0.1:%1/0"_s.arg(m_port);
}

double Redis::cpuSeconds() const
{
    return cpuSecondsOf(m_process.processId());
}

} // namespace tocsin::bench
