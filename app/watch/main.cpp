// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "commandline.h"
#include "linereader.h"
#include "watch.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <array>
#include <csignal>
#include <cstdio>

#include <sys/socket.h>
#include <unistd.h>

namespace {

std::array<int, 2> signalPipe{-1, -1};

// In a signal handler only write() is allowed; the event loop does the rest.
void onSignal(int number)
{
    const char byte = char(number);
    [[maybe_unused]] const auto written = ::write(signalPipe[0], &byte, 1);
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("tocsin-watch"));

    const auto options = tocsin::parseCommandLine(QCoreApplication::arguments());
    if (!options) {
        std::fprintf(stderr, "tocsin-watch: %s\n", qPrintable(options.error().message));
        return int(tocsin::WatchExit::Usage);
    }

    tocsin::Watch watch(*options);
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe.data()) == 0) {
        auto *const notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, &watch);
        QObject::connect(notifier, &QSocketNotifier::activated, &watch, &tocsin::Watch::stop);
        std::signal(SIGINT, onSignal);
        std::signal(SIGTERM, onSignal);
    }
    // Who reads our output may go away first.
    std::signal(SIGPIPE, SIG_IGN);

    tocsin::LineReader input(STDIN_FILENO);
    QObject::connect(&input, &tocsin::LineReader::lineRead, &watch, &tocsin::Watch::obey);
    QObject::connect(&watch, &tocsin::Watch::finished, &application,
        [](int status) { QCoreApplication::exit(status); });
    QMetaObject::invokeMethod(&watch, &tocsin::Watch::start, Qt::QueuedConnection);
    return QCoreApplication::exec();
}
