// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/error.h"

#include <QByteArray>
#include <QStringList>

#include <array>

#include <boost/asio/ip/address.hpp>

namespace tocsin {

using IpAddress = boost::asio::ip::address;

/// Whom an address stands for, where connections are counted: an IPv4 address, or the /64 of an
/// IPv6 one, which is what one customer is given at least. 0: nobody, for loopback addresses.
[[nodiscard]] quint64 countedAs(const IpAddress &address);

/// The proxies that are believed when they say for whom they ask.
class TrustedProxies
{
public:
    /// Addresses, or networks as `10.0.0.0/8`.
    [[nodiscard]] static Expected<TrustedProxies> parse(const QStringList &networks);

    [[nodiscard]] bool contains(const IpAddress &address) const;
    /// Whose request came from `peer`: of the addresses in its `X-Forwarded-For`, the rightmost
    /// that is not a trusted proxy's. What stands left of that one anybody may have written. `peer`
    /// itself where it is not trusted, or says nothing.
    [[nodiscard]] IpAddress clientOf(const IpAddress &peer, const QByteArray &forwardedFor) const;

private:
    struct Network {
        std::array<unsigned char, 16> address{};
        unsigned prefix = 128;
    };
    [[nodiscard]] static std::optional<Network> networkFrom(const QString &text);

    QList<Network> m_networks;
};

} // namespace tocsin
