// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redislink_p.h"

namespace tocsin {

/// Asks the Redis Sentinels that `login` names which Redis is the master. Most of them must answer,
/// and the newest answer counts: who is cut off from the others, together with a master that is
/// none any more, is not believed. Waits for less than a second.
///
/// StorageFailed: too few of them answer, or none knows a master of that name.
[[nodiscard]] Expected<RedisHost> askSentinels(const RedisLogin &login);

} // namespace tocsin
