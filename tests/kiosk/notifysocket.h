// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QFile>
#include <QTemporaryDir>

#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/// A service manager's ear, as sd_notify(3) speaks to it.
class NotifySocket
{
public:
    NotifySocket()
        : m_socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0))
        , m_path(QFile::encodeName(m_directory.filePath(QStringLiteral("notify"))))
    {
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::strncpy(address.sun_path, m_path.constData(), sizeof(address.sun_path) - 1);
        if (::bind(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
            qFatal("no socket for the test");
    }
    ~NotifySocket() { ::close(m_socket); }
    Q_DISABLE_COPY_MOVE(NotifySocket)

    [[nodiscard]] QByteArray path() const { return m_path; }
    /// How often the line was said since forget().
    [[nodiscard]] int count(const QByteArray &line)
    {
        listen();
        int count = 0;
        for (const QByteArray &datagram : m_heard)
            count += int(datagram.split('\n').contains(line));
        return count;
    }
    void forget()
    {
        listen();
        m_heard.clear();
    }

private:
    void listen()
    {
        char buffer[4096];
        ssize_t length = 0;
        while ((length = ::recv(m_socket, buffer, sizeof(buffer), MSG_DONTWAIT)) > 0)
            m_heard.append(QByteArray(buffer, length));
    }

    QTemporaryDir m_directory;
    int m_socket;
    QByteArray m_path;
    QByteArrayList m_heard;
};
