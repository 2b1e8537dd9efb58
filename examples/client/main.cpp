// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// Prints what happens in a room: tocsin-example-client ws://127.0.0.1:8787/ws
#include <client/socketclient.h>
#include <protocol/messages.h>

#include <QCoreApplication>

using namespace tocsin;
using namespace Qt::StringLiterals;

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    SocketClient client({.url = QUrl(arguments.value(1, u"ws://127.0.0.1:8787/ws"_s))});

    client.on(IncidentCreated, &client, [](const Incident &incident, const Envelope &) {
        qInfo("%s: %s", qUtf8Printable(enumQString(incident.severity)),
            qUtf8Printable(incident.title));
    });
    QObject::connect(&client, &SocketClient::roomFreshnessChanged, &client,
        [](const QString &room, RoomFreshness freshness) {
            const bool isLive = freshness == RoomFreshness::Live;
            qInfo("%s is %s", qUtf8Printable(room), isLive ? "live" : "not live");
        });
    QObject::connect(&client, &SocketClient::errorOccurred, &client,
        [](const Error &error) { qWarning("%s", qUtf8Printable(error.message)); });

    client.joinRoom(u"account:default"_s);
    client.connectToServer();
    return QCoreApplication::exec();
}
