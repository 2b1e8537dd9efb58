// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "../client/sender.h"
#include "sessionbus.h"
#include "xscreen.h"

#include <QProcess>
#include <QTemporaryDir>

#include <atomic>
#include <thread>

namespace tocsin::bench {

/// Chromium's own program, without the script before it; empty where it is not installed.
[[nodiscard]] QString chromium();

/// What both are started on.
struct Desktop {
    XScreen screen;
    SessionBus bus;
};

/// The dashboard or a Chromium with page.html, in a home of its own, and the sender that it shows.
/// What it has done is seen from outside: the dashboard's window and its title, the page's console.
class Program
{
public:
    enum class Kind { Dashboard, Page };

    /// Starts it; the messages of `stream` wait for begin().
    Program(Kind kind, Desktop &desktop, Stream stream);
    ~Program();
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    /// Whether the rows were seen in time, and how long after the start, in seconds.
    [[nodiscard]] bool waitUntilPopulated();
    [[nodiscard]] double secondsToRows() const { return m_secondsToRows; }

    void begin() { m_mayBegin = true; }
    /// Whether the last message has been applied in time, and how long after its call.
    [[nodiscard]] bool waitUntilApplied();
    [[nodiscard]] double secondsToLast() const { return m_secondsToLast; }

    /// Of all its processes; the dashboard's with what the X server works for it, which the
    /// page draws itself.
    [[nodiscard]] double cpuSeconds() const;
    [[nodiscard]] double proportionalMiB() const;
    /// How many frames the dashboard has rendered.
    [[nodiscard]] int frames();

private:
    void startDashboard();
    void startPage();
    void readLines();

    Kind m_kind;
    XScreen &m_screen;
    qint64 m_busProcess;
    Stream m_stream;
    QTemporaryDir m_home;
    Sender m_sender;
    std::atomic<bool> m_mayBegin = false;
    std::thread m_serving;
    QProcess m_process;
    std::int64_t m_startedAt = 0;
    QByteArray m_said;
    double m_secondsToRows = 0;
    double m_secondsToLast = 0;
};

} // namespace tocsin::bench
