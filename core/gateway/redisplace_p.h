// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisincidentlog.h"
#include "gateway/redislink_p.h"

namespace tocsin {

/// What it takes to connect there, under that name.
[[nodiscard]] inline Expected<RedisLogin> loginOf(
    const RedisLogPlace &place, const QByteArray &name = RedisLogin::gatewayName)
{
    auto address = RedisAddress::parse(place.url);
    if (!address)
        return tl::unexpected<Error>(address.error());
    // Who thought of TLS is not to go without by a letter.
    if (!place.tls.isEmpty() && !address->isOverTls) {
        return makeError(ErrorCode::BadConfiguration,
            QStringLiteral("There are files for TLS to Redis, but the address is one without it:"
                           " write rediss: (or rediss-sentinel:), or take them out."));
    }
    return RedisLogin{.address = *std::move(address),
        .user = place.user,
        .passwordFile = place.passwordFile,
        .sentinelUser = place.sentinelUser,
        .sentinelPasswordFile = place.sentinelPasswordFile,
        .tls = place.tls,
        .name = name};
}

} // namespace tocsin
