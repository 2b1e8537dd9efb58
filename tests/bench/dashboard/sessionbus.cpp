// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "sessionbus.h"

#include "processes.h"

using namespace Qt::StringLiterals;

namespace tocsin::bench {

SessionBus::SessionBus()
{
    auto environment = QProcessEnvironment::systemEnvironment();
    // What it starts for who asks, a keyring say, leaves its files there.
    for (const QString &name : {u"HOME"_s, u"XDG_CONFIG_HOME"_s, u"XDG_CACHE_HOME"_s,
             u"XDG_DATA_HOME"_s, u"XDG_RUNTIME_DIR"_s})
        environment.insert(name, m_home.path());
    m_daemon.setProcessEnvironment(environment);
    m_address = QString::fromLatin1(startService(
        m_daemon, u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s}));
}

SessionBus::~SessionBus()
{
    m_daemon.terminate();
    m_daemon.waitForFinished();
}

} // namespace tocsin::bench
