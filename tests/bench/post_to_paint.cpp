// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// How long from the first byte of a POST until the row that it made has been painted: over HTTP,
// the log on disk, the WebSocket, the models and the scene graph. Prints the median and the
// extremes of a hundred; the goal is a median below 100 ms.
#include "gateway/gateway.h"
#include "screen.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <vector>

using namespace tocsin;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    const QTemporaryDir data;
    const auto gateway = Gateway::start({.port = 0, .dataDirectory = data.path()});
    if (!gateway) {
        std::fprintf(stderr, "%s\n", qPrintable(gateway.error().message));
        return 1;
    }
    Screen screen((*gateway)->webSocketUrl(), {u"account:default"_s});
    const QUrl ingest = (*gateway)->httpUrl().resolved(QUrl(u"/ingest/incident"_s));
    Http http;

    constexpr int rounds = 100;
    constexpr auto patience = std::chrono::seconds(10);
    std::vector<double> times;
    for (int round = -1; round < rounds; ++round) { // the first one warms up and does not count
        const QString title = u"Round %1"_s.arg(round);
        bool painted = false;
        QEventLoop loop;
        const auto connection
            = QObject::connect(&screen.view, &QQuickWindow::frameSwapped, &loop, [&] {
                  if (screen.titles().contains(title)) {
                      painted = true;
                      loop.quit();
                  }
              });
        QTimer::singleShot(patience, &loop, &QEventLoop::quit);
        QElapsedTimer timer;
        timer.start();
        const QByteArray json
            = u"{\"fingerprint\":\"%1\",\"title\":\"%1\",\"severity\":\"critical\"}"_s.arg(title)
                  .toUtf8();
        if (http.post(ingest, json) != 200)
            return 1;
        if (!painted)
            loop.exec();
        QObject::disconnect(connection);
        if (!painted) {
            std::fprintf(stderr, "The row of round %d was never painted.\n", round);
            return 1;
        }
        if (round >= 0)
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::ranges::sort(times);
    std::printf("POST to painted row, %d rounds: median %.1f ms, least %.1f ms, 95 %% within %.1f "
                "ms, most %.1f ms\n",
        rounds, times[rounds / 2], times.front(), times[rounds * 95 / 100], times.back());
    return 0;
}
