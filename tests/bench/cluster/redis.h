// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QProcess>
#include <QTemporaryDir>

namespace tocsin::bench {

/// A redis-server in a process of its own, with its append-only file written every second.
class Redis
{
public:
    Redis();
    ~Redis();

    [[nodiscard]] QString url() const;
    [[nodiscard]] double cpuSeconds() const;

private:
    QTemporaryDir m_data;
    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace tocsin::bench
