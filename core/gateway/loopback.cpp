// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/loopback_p.h"

#include <boost/asio/ip/address.hpp>

namespace tocsin {

bool isLoopbackAuthority(const QByteArray &authority)
{
    QByteArray host = authority.trimmed().toLower();
    if (host.startsWith('[')) {
        const qsizetype end = host.indexOf(']');
        if (end < 0 || (end + 1 < host.size() && host[end + 1] != ':'))
            return false;
        host = host.mid(1, end - 1);
    } else if (const qsizetype colon = host.indexOf(':'); colon >= 0) {
        host.truncate(colon);
    }
    if (host == "localhost" || host == "localhost.")
        return true;
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(host.toStdString(), error);
    return !error && address.is_loopback();
}

} // namespace tocsin
