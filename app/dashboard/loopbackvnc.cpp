// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "loopbackvnc.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTcpServer>
#include <QTimer>

#include <cstring>

namespace tocsin {

LoopbackVnc::LoopbackVnc(QObject *parent)
    : QObject(parent)
{
    QCoreApplication::instance()->installEventFilter(this);
    // The server's own start was posted when the application was made; it is through by then.
    QTimer::singleShot(0, this, [this] {
        if (!m_done)
            Q_EMIT failed(tr("Qt's VNC server was not found"));
    });
}

bool LoopbackVnc::eventFilter(QObject *watched, QEvent *event)
{
    if (m_done || event->type() != QEvent::MetaCall
        || std::strcmp(watched->metaObject()->className(), "QVncServer") != 0) {
        return false;
    }
    m_done = true;
    watched->event(event);
    moveToLoopback(*watched);
    return true;
}

void LoopbackVnc::moveToLoopback(QObject &vncServer)
{
    QCoreApplication::instance()->removeEventFilter(this);
    auto *const server = vncServer.findChild<QTcpServer *>();
    if (!server) {
        Q_EMIT failed(tr("Qt's VNC server does not listen"));
        return;
    }
    server->close();
    for (quint16 port = firstPort; port <= lastPort; ++port) {
        if (server->listen(QHostAddress::LocalHost, port)) {
            Q_EMIT serving(port);
            return;
        }
    }
    Q_EMIT failed(server->errorString());
}

} // namespace tocsin
