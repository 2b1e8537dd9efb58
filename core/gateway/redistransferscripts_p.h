// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisconnection_p.h"

/// What moves a log to Redis and away from it. While it is moved there, `meta` holds no history,
/// but `migration` (the id of the run that fills it), `migration-from` (where from, for a person)
/// and `migration-epoch` (of the log that it is a copy of). A gateway does not open such a log.
namespace tocsin::redis {

/// Arguments: the run's id; the epoch of the log that is copied, and the one that it had before,
/// or nothing; where it is. Answers `ok` and whether an unfinished copy of the same log is there;
/// or `taken`, with its incidents and rooms; or `unfinished`, and where from.
[[nodiscard]] const RedisScript &beginMigrationScript();
/// Arguments: the run's id, and commands, each behind the number of its words. Answers `ok`, or
/// `other` where another run has begun.
[[nodiscard]] const RedisScript &fillScript();
/// Arguments: the run's id, schema, epoch, generation, token, the server's run id, and the number
/// of the last incident. Answers as fillScript().
[[nodiscard]] const RedisScript &finishMigrationScript();
/// Arguments: the generation and the epoch that were copied, a new epoch, and the server's run id.
/// Answers `ok`, or `changed`.
[[nodiscard]] const RedisScript &giveEpochAwayScript();

/// Arguments: incidents. Answers with what is known of each, and its timeline.
[[nodiscard]] const RedisScript &readIncidentsScript();
/// Arguments: a room, and monitors in it. Answers with source, fingerprint, changed and json.
[[nodiscard]] const RedisScript &readMonitorsScript();

} // namespace tocsin::redis
