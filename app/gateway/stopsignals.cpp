// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "stopsignals.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace tocsin {

namespace {

// A signal handler may do next to nothing: it writes a byte here, and the event loop reads it.
std::array<int, 2> wakePipe{-1, -1};

void onSignal(int signal)
{
    const int savedError = errno;
    const char byte = char(signal);
    static_cast<void>(!write(wakePipe[1], &byte, 1));
    errno = savedError;
}

void handleWith(void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGHUP, &action, nullptr);
}

} // namespace

StopSignals::StopSignals(QObject *parent)
    : QObject(parent)
{
    if (pipe2(wakePipe.data(), O_CLOEXEC | O_NONBLOCK) != 0)
        qFatal("Cannot make a pipe for signals.");
    auto *notifier = new QSocketNotifier(wakePipe[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        char byte = 0;
        int stopping = 0;
        while (read(wakePipe[0], &byte, 1) > 0) {
            if (stopping == 0 && byte != SIGHUP)
                stopping = byte;
        }
        if (stopping != 0)
            Q_EMIT received(stopping);
        else
            Q_EMIT reloadAsked();
    });
    handleWith(onSignal);
}

StopSignals::~StopSignals()
{
    handleWith(SIG_DFL);
    close(wakePipe[0]);
    close(wakePipe[1]);
}

} // namespace tocsin
