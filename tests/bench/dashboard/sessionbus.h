// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QString>
#include <QTemporaryDir>

namespace tocsin::bench {

/// A D-Bus of its own, as every desktop has one: where there is none, a program that asks for it
/// starts one by itself, and is measured with it.
class SessionBus
{
public:
    SessionBus();
    ~SessionBus();

    /// Empty where there is no dbus-daemon.
    [[nodiscard]] QString address() const { return m_address; }
    [[nodiscard]] qint64 processId() const { return m_daemon.processId(); }

private:
    QTemporaryDir m_home;
    QProcess m_daemon;
    QString m_address;
};

} // namespace tocsin::bench
