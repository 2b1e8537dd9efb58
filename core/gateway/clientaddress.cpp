// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/clientaddress_p.h"

#include <algorithm>
#include <ranges>

namespace tocsin {

namespace {

using boost::asio::ip::make_address_v6;
using boost::asio::ip::v4_mapped;

// A socket that listens on every address, IPv6 too, has its IPv4 peers as mapped ones.
std::array<unsigned char, 16> bytesOf(const IpAddress &address)
{
    return (address.is_v4() ? make_address_v6(v4_mapped, address.to_v4()) : address.to_v6())
        .to_bytes();
}

bool isIpv4(const std::array<unsigned char, 16> &bytes)
{
    return std::ranges::all_of(bytes | std::views::take(10), [](auto byte) { return byte == 0; })
        && bytes[10] == 0xff && bytes[11] == 0xff;
}

bool isLoopback(const std::array<unsigned char, 16> &bytes)
{
    return isIpv4(bytes) ? bytes[12] == 127 : boost::asio::ip::address_v6(bytes).is_loopback();
}

std::optional<IpAddress> addressFrom(const QByteArray &text)
{
    QByteArray bare = text.trimmed();
    // Some proxies add the port.
    if (bare.startsWith('['))
        bare = bare.mid(1, bare.indexOf(']') - 1);
    else if (bare.count(':') == 1)
        bare.truncate(bare.indexOf(':'));
    boost::system::error_code error;
    const IpAddress address = boost::asio::ip::make_address(bare.toStdString(), error);
    return error ? std::nullopt : std::optional(address);
}

} // namespace

quint64 countedAs(const IpAddress &address)
{
    const auto bytes = bytesOf(address);
    if (isLoopback(bytes))
        return 0;
    quint64 key = 0;
    for (std::size_t i = 0; i < 8; ++i)
        key = key << 8 | bytes[isIpv4(bytes) ? i + 8 : i];
    return key;
}

std::optional<TrustedProxies::Network> TrustedProxies::networkFrom(const QString &text)
{
    const qsizetype slash = text.indexOf(u'/');
    boost::system::error_code error;
    const IpAddress address = boost::asio::ip::make_address(
        (slash < 0 ? text : text.first(slash)).toStdString(), error);
    if (error)
        return std::nullopt;
    Network network{.address = bytesOf(address)};
    if (slash >= 0) {
        bool isNumber = false;
        const uint prefix = text.sliced(slash + 1).toUInt(&isNumber);
        const uint longest = address.is_v4() ? 32 : 128;
        if (!isNumber || prefix > longest)
            return std::nullopt;
        network.prefix = 128 - longest + prefix;
    }
    return network;
}

Expected<TrustedProxies> TrustedProxies::parse(const QStringList &networks)
{
    TrustedProxies proxies;
    for (const QString &text : networks) {
        const auto network = networkFrom(text);
        if (!network) {
            return makeError(ErrorCode::BadConfiguration,
                QStringLiteral("\"%1\" is not an address or a network of proxies, as \"127.0.0.1\""
                               " or \"10.0.0.0/8\".")
                    .arg(text));
        }
        proxies.m_networks.append(*network);
    }
    return proxies;
}

bool TrustedProxies::contains(const IpAddress &address) const
{
    const auto bytes = bytesOf(address);
    return std::ranges::any_of(m_networks, [&](const Network &network) {
        for (unsigned bit = 0; bit < network.prefix; ++bit) {
            const int mask = 0x80 >> bit % 8;
            if ((bytes[bit / 8] & mask) != (network.address[bit / 8] & mask))
                return false;
        }
        return true;
    });
}

IpAddress TrustedProxies::clientOf(const IpAddress &peer, const QByteArray &forwardedFor) const
{
    IpAddress client = peer;
    const QList<QByteArray> hops = forwardedFor.split(',');
    for (auto hop = hops.crbegin(); hop != hops.crend() && contains(client); ++hop) {
        const auto address = addressFrom(*hop);
        if (!address)
            break;
        client = *address;
    }
    return client;
}

} // namespace tocsin
