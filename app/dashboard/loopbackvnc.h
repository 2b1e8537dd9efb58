// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace tocsin {

/// Keeps Qt's VNC server to this machine.
///
/// Qt's `vnc` platform listens on every address and asks for no password, and has no option for
/// either (6.4 to 6.8). So its server is caught in the moment in which it begins to listen, before
/// the event loop can take a connection, and made to listen on 127.0.0.1 instead. Must be made
/// right after the application. Where the server cannot be caught, failed() is emitted and the
/// program must end.
class LoopbackVnc : public QObject
{
    Q_OBJECT

public:
    static constexpr quint16 firstPort = 5900;
    static constexpr quint16 lastPort = 5999;

    explicit LoopbackVnc(QObject *parent = nullptr);

Q_SIGNALS:
    void serving(quint16 port);
    void failed(const QString &reason);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void moveToLoopback(QObject &vncServer);

    bool m_done = false;
};

} // namespace tocsin
