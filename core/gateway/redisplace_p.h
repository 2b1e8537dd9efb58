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
    return RedisAddress::parse(place.url).map([&](RedisAddress address) {
        return RedisLogin{.address = std::move(address),
            .user = place.user,
            .passwordFile = place.passwordFile,
            .sentinelUser = place.sentinelUser,
            .sentinelPasswordFile = place.sentinelPasswordFile,
            .name = name};
    });
}

} // namespace tocsin
