// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/export.h"

#include <QHostAddress>
#include <QObject>
#include <QSet>

namespace tocsin {

class SocketClient;

/// Whether the machine has a network, where the platform can be trusted to say so, and when it
/// changed to another one. Makes a client quicker; one that is not fed works all the same.
///
///     NetworkWatch network;
///     SocketClient client({.url = QUrl(u"wss://ops.example.com/ws"_s)});
///     network.feed(&client);
///     client.connectToServer();
///
/// Belongs to the thread of the QCoreApplication, as QNetworkInformation does. Idle it costs
/// nothing: it is told, and does not ask.
class TOCSIN_CLIENT_EXPORT NetworkWatch : public QObject
{
    Q_OBJECT

public:
    explicit NetworkWatch(QObject *parent = nullptr);
    ~NetworkWatch() override;

    /// False only where NetworkManager says that there is none.
    [[nodiscard]] bool isReachable() const;

    /// Tells the client, now and from now on, for as long as both live. Not for a server on this
    /// machine, which needs no network.
    void feed(SocketClient *client);

Q_SIGNALS:
    void reachableChanged(bool reachable);
    /// The machine is online anew, or has other addresses than before, also because a cable was
    /// pulled or put in: a connection that looks alive may lead nowhere.
    void networkChanged();

private:
    void watchReachability();
    void watchAddresses();
    void lookAtAddresses();

    bool m_reachable = true;
    int m_netlink = -1;
    QSet<QHostAddress> m_addresses;
};

} // namespace tocsin
