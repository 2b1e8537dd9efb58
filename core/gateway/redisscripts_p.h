// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

#include "gateway/redisconnection_p.h"

/// What RedisIncidentLog has Redis do, each as one step.
///
/// A deployment's keys all begin with `{tocsin}:`, so that a Redis Cluster would keep them together
/// (the braces are its hash tag), and a script's only key is `{tocsin}:meta`:
///
/// | key | type | |
/// |---|---|---|
/// | `meta` | hash | `schema`, `epoch`, `server` (the run id of the Redis that is known to hold
/// all), `generation` and `token` (how many batches there were, and the last one's id), `incidents`
/// | | `feed` | stream | the batches, `<generation>-0`: what followers wait for | | `batch:ID` |
/// string | what a batch was answered with, for some minutes | | `incident:UUID` | hash | `json`,
/// `version`, `starts`, `resolved` (empty: open), `rooms`, `source`, `fingerprint`, `order`,
/// `entries` (of its timeline, kept or not) | | `timeline:UUID` | list | its entries | |
/// `identity:N:SOURCE:FINGERPRINT` | string | its latest incident; N is the source's length | |
/// `open:SOURCE` | hash | the open incidents by fingerprint | | `source:SOURCE` | sorted set | all
/// of a source's incidents, in order | | `resolved` | sorted set | by the time of their end | |
/// `events:ROOM` | stream | its history, `<sequence>-0` | | `heads`, `oldest` | hash | of each
/// room, its last and its oldest sequence | | `open-in:ROOM` | sorted set | its open incidents, in
/// order | | `monitors:ROOM`, `monitor:ROOM\nUUID` | sorted set, hash | by when they were heard;
/// each | | `watched` | set | rooms with monitors | | `heard` | hash | sources, and when | |
/// `room-sets`, `activity:ROOMS` | set, hash | what was opened and resolved, by quarter and kind |
///
/// Every script but the first is given the epoch and the generation that the gateway knows, and
/// does nothing where Redis holds another history, or an older state of it: it answers `other`.
/// What it answers otherwise begins with `ok`, the generation and the token. None fails halfway:
/// what can be refused is refused before the first write.
namespace tocsin::redis {

/// Arguments: schema, an epoch that never was, the server's run id; and the epoch, the generation
/// and the token that are known, or nothing. Makes a history where there is none; and where it is
/// not certain that nothing was lost of the one that is there, gives it the new epoch. Answers with
/// the epoch behind the rest, or `schema` and what it found.
[[nodiscard]] const RedisScript &prepareScript();

/// Writes a batch; RedisIncidentLog::append() says what it is given. Answers `conflict`, `removed`
/// (an incident of a timeline) or, for each room, the room and its first new sequence. A batch of
/// the same id is answered as the first time, and not written again.
[[nodiscard]] const RedisScript &appendScript();

/// Arguments: a source, the number of its incidents and for each uuid and version; the number of
/// counts to take back and for each the set of rooms and the field; the rooms that they are in, and
/// how many events tell of the removal there. Answers `conflict`, or as appendScript().
[[nodiscard]] const RedisScript &removeScript();
/// Arguments: those of PruneLimits. Answers with 1 where more may be left.
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

} // namespace tocsin::redis
