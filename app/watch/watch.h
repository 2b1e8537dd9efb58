// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/socketclient.h"
#include "commandline.h"
#include "protocol/jsonwriter.h"

#include <QObject>

namespace tocsin {

/// Exit statuses of `tocsin-watch`.
enum class WatchExit { Asked = 0, Usage = 2, AuthenticationRefused = 3, GaveUp = 4 };

/// Prints what a client reports, one JSON object a line, and does what lines of input say.
class Watch : public QObject
{
    Q_OBJECT

public:
    explicit Watch(WatchOptions options, QObject *parent = nullptr);

    void start();
    /// Disconnects and ends with status 0.
    void stop();
    void obey(const QByteArray &line);

Q_SIGNALS:
    void finished(int status);

private:
    void watchClient();
    void print(const char *event, const std::function<void(JsonWriter &)> &fields);
    void printError(const Error &error);
    void obeyWord(const QByteArray &line);
    void finish(WatchExit status);

    WatchOptions m_options;
    SocketClient m_client;
    JsonReader m_reader;
    qint64 m_messages = 0;
    bool m_finishing = false;
};

} // namespace tocsin
