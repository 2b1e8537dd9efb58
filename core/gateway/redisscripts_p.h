// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisconnection_p.h"

/// What RedisIncidentLog has Redis do, each as one step.
///
/// A deployment's keys all begin with `{tocsin}:`, so that a Redis Cluster would keep them together
/// (the braces are its hash tag), and a script's only key is `{tocsin}:meta`:
///
/// - `meta`, a hash: `schema`, `epoch`, `server` (the run id of the Redis that is known to hold it
///   all), `keeper` (the same, where that Redis loses nothing that it has answered), `generation`
///   and `token` (how many batches there were, and the last one's id), `incidents` (the last one's
///   `order`), `moved` (its epoch before it was moved elsewhere)
/// - `feed`, a stream: the batches, as `<generation>-0`; what followers wait for
/// - `batch:ID`: what a batch was answered with, for some minutes
/// - `incident:UUID`, a hash: `json`, `version`, `starts`, `resolved` (empty: open), `rooms`,
///   `source`, `fingerprint`, `order`, `entries` (how many its timeline ever had)
/// - `timeline:UUID`, a list
/// - `identity:N:SOURCE:FINGERPRINT`: its latest incident; N is the source's length
/// - `open:SOURCE`, a hash: the open incidents by fingerprint
/// - `source:SOURCE`, a sorted set: all incidents of a source, in order
/// - `resolved`, a sorted set: by the time of their end
/// - `events:ROOM`, a stream: its history, as `<sequence>-0`
/// - `heads`, `oldest`, hashes: of each room, its last and its oldest sequence
/// - `open-in:ROOM`, a sorted set: its open incidents, in order
/// - `monitors:ROOM`, a sorted set by when they were heard, and `monitor:ROOM\nUUID`, hashes
/// - `watched`, a set: the rooms with monitors
/// - `heard`, a hash: sources, and when
/// - `room-sets`, a set, and `activity:ROOMS`, hashes: what was opened and resolved, by quarter and
///   kind
/// - `gateways`, a set, and `gateway:ID`, hashes: who is on each (`version`, `present`), as long as
///   it says so
///
/// Every script but the first is given the epoch and the generation that the gateway knows, and
/// does nothing where Redis holds another history, or an older state of it: it answers `other`.
/// What it answers otherwise begins with `ok`, the generation and the token. None fails halfway:
/// what can be refused is refused before the first write.
namespace tocsin::redis {

/// Of what is described above.
inline constexpr int schemaVersion = 1;

/// Arguments: schema, an epoch that never was, the server's run id; the epoch, the generation and
/// the token that are known, or nothing; and 1 where the server keeps what it answers (see
/// RedisServer). Makes a history where there is none; and where it is not certain that nothing was
/// lost of the one that is there, gives it the new epoch. Answers with the epoch behind the rest,
/// or `schema` and what it found, or `unfinished` (a migration, see redistransferscripts_p.h) and
/// where from.
[[nodiscard]] const RedisScript &prepareScript();

/// Writes a batch; RedisIncidentLog::append() says what it is given. Answers `conflict`, `removed`
/// (an incident of a timeline) or, for each room, the room and its first new sequence. A batch of
/// the same id is answered as the first time, and not written again.
[[nodiscard]] const RedisScript &appendScript();

/// Arguments: a source, the number of its incidents and for each uuid and version; the number of
/// counts to take back and for each the set of rooms and the field; the rooms that they are in, and
/// how many events tell of the removal there. Answers `conflict`; or how many monitors were removed
/// and for each the room and the uuid, whose events follow those of the room, and then as
/// appendScript().
[[nodiscard]] const RedisScript &removeScript();
/// Arguments: a batch's id, and those of PruneLimits. Answers with 1 where more may be left.
[[nodiscard]] const RedisScript &pruneScript();
[[nodiscard]] const RedisScript &probeScript();

/// Arguments: identities as `N:SOURCE:FINGERPRINT`. Answers with the incident of each, or nothing.
[[nodiscard]] const RedisScript &latestScript();
/// Arguments: an incident. Answers with fingerprint, startsAt, rooms and json.
[[nodiscard]] const RedisScript &findScript();
/// Arguments: a source. Answers with the time.
[[nodiscard]] const RedisScript &heardScript();
/// Arguments: a source. Answers with fingerprint, uuid, version and startsAt of each.
[[nodiscard]] const RedisScript &openScript();
/// Arguments: a source. Answers with uuid, version, resolved, rooms and json of each incident.
[[nodiscard]] const RedisScript &sourceScript();
/// Arguments: an incident. Answers with the number of entries there ever were, and those kept.
[[nodiscard]] const RedisScript &timelineScript();
/// Arguments: rooms. Answers, for each set of rooms with one of them, with fields and counts.
[[nodiscard]] const RedisScript &activityScript();
/// Arguments: a room. Answers with its head and its oldest sequence.
[[nodiscard]] const RedisScript &extentScript();
/// Arguments: a room, a sequence, and how many events behind it at most.
[[nodiscard]] const RedisScript &sinceScript();
/// Arguments: a room. Answers with its head, the open incidents and the monitors (uuid and json).
[[nodiscard]] const RedisScript &stateScript();
/// Arguments: how many events at most, then rooms and for each a sequence. Answers, for each room
/// that has gone on, with room, head and events.
[[nodiscard]] const RedisScript &newsScript();

/// Arguments: a gateway, a version and who is there (empty: as before), and for each gateway that
/// is known, its id and version. Answers whether it knows who is there, and with id, version and
/// who is there of each other one; id and version only where they are known.
[[nodiscard]] const RedisScript &presenceScript();

} // namespace tocsin::redis
