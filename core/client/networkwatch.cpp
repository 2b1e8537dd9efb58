// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "client/networkwatch.h"

#include "client/socketclient.h"

#include <QNetworkInformation>
#include <QNetworkInterface>
#include <QSocketNotifier>

#ifdef Q_OS_LINUX
#include <array>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace tocsin {

namespace {

// The addresses that a connection to another machine can come from now: an interface whose cable
// was pulled keeps its address, but does not run.
QSet<QHostAddress> outwardAddresses()
{
    QSet<QHostAddress> addresses;
    for (const QNetworkInterface &interface : QNetworkInterface::allInterfaces()) {
        if (!interface.flags().testFlag(QNetworkInterface::IsRunning))
            continue;
        for (const QNetworkAddressEntry &entry : interface.addressEntries()) {
            const QHostAddress address = entry.ip();
            if (!address.isLoopback() && !address.isLinkLocal())
                addresses.insert(address);
        }
    }
    return addresses;
}

} // namespace

NetworkWatch::NetworkWatch(QObject *parent)
    : QObject(parent)
{
    watchReachability();
    watchAddresses();
}

NetworkWatch::~NetworkWatch()
{
#ifdef Q_OS_LINUX
    if (m_netlink >= 0) {
        delete findChild<QSocketNotifier *>();
        ::close(m_netlink);
    }
#endif
}

bool NetworkWatch::isReachable() const
{
    return m_reachable;
}

void NetworkWatch::feed(SocketClient *client)
{
    connect(this, &NetworkWatch::reachableChanged, client, &SocketClient::setNetworkReachable);
    connect(this, &NetworkWatch::networkChanged, client, &SocketClient::checkConnection);
    client->setNetworkReachable(m_reachable);
}

void NetworkWatch::watchReachability()
{
    using Reachability = QNetworkInformation::Reachability;
    // Any backend would do, but without NetworkManager that is glib's, which says Online and never
    // again anything else (measured with Qt 6.4.2 and 6.8.2), and brings 2 MiB of libraries.
    const QStringView backend = u"networkmanager";
    if (!QNetworkInformation::loadBackendByName(backend))
        return;
    const QNetworkInformation *const information = QNetworkInformation::instance();
    // Another part of the program may have loaded another one before.
    if (!information || information->backendName() != backend)
        return;
    m_reachable = information->reachability() != Reachability::Disconnected;
    connect(information, &QNetworkInformation::reachabilityChanged, this,
        [this](Reachability reachability) {
            const bool reachable = reachability != Reachability::Disconnected;
            if (std::exchange(m_reachable, reachable) != reachable)
                Q_EMIT reachableChanged(reachable);
            else if (reachability == Reachability::Online)
                Q_EMIT networkChanged();
        });
}

void NetworkWatch::watchAddresses()
{
#ifdef Q_OS_LINUX
    // Qt does not tell of addresses, and NetworkManager does not see every one: the kernel does.
    m_netlink = ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    if (m_netlink < 0)
        return;
    sockaddr_nl group{};
    group.nl_family = AF_NETLINK;
    group.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_LINK;
    if (::bind(m_netlink, reinterpret_cast<const sockaddr *>(&group), sizeof group) != 0) {
        ::close(std::exchange(m_netlink, -1));
        return;
    }
    m_addresses = outwardAddresses();
    auto *const notifier = new QSocketNotifier(m_netlink, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        // That something changed is enough; what it was is asked of the system.
        std::array<char, 8192> ignored;
        while (::recv(m_netlink, ignored.data(), ignored.size(), 0) > 0) { }
        lookAtAddresses();
    });
#endif
}

void NetworkWatch::lookAtAddresses()
{
    // The kernel also tells when a router merely renews an address.
    auto addresses = outwardAddresses();
    if (std::exchange(m_addresses, addresses) != addresses)
        Q_EMIT networkChanged();
}

} // namespace tocsin
