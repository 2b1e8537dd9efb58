// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "sessionbus.h"

#include <csignal>
#include <sys/prctl.h>

namespace tocsin::bench {

SessionBus::SessionBus()
{
    m_daemon.setChildProcessModifier([] { ::prctl(PR_SET_PDEATHSIG, SIGKILL); });
    m_daemon.setStandardErrorFile(QProcess::nullDevice());
    m_daemon.start(QStringLiteral("dbus-daemon"),
        {QStringLiteral("--session"), QStringLiteral("--nofork"),
            QStringLiteral("--print-address")});
    QByteArray said;
    while (!said.contains('\n')) {
        if (!m_daemon.waitForReadyRead(20'000))
            return;
        said += m_daemon.readAllStandardOutput();
    }
    m_address = QString::fromLatin1(said.trimmed());
}

SessionBus::~SessionBus()
{
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

} // namespace tocsin::bench
