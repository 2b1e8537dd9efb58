// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#pragma once

namespace tocsin::redis {

/// Begins each script. Lua's numbers are doubles, which it writes with an exponent when they are
/// large.
inline constexpr const char *scriptHead = R"lua(
local P = string.sub(KEYS[1], 1, -5)
local function whole(number) return string.format('%.0f', number) end
)lua";

/// Ends the script where Redis does not hold what the gateway knows.
inline constexpr const char *historyCheck = R"lua(
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'token')
if meta[1] ~= ARGV[1] or tonumber(meta[2]) < tonumber(ARGV[2]) then return {'other'} end
)lua";

/// Writes down that there was a batch; `result` holds rooms and their first new sequences.
inline constexpr const char *finishBatch = R"lua(
local function finish(batch, result)
  local generation = whole(redis.call('HINCRBY', KEYS[1], 'generation', 1))
  redis.call('HSET', KEYS[1], 'token', batch)
  redis.call('XADD', P .. 'feed', 'MAXLEN', '~', 10000, generation .. '-0', 'token', batch)
  local answer = {'ok', generation, batch}
  for _, value in ipairs(result) do answer[#answer + 1] = value end
  redis.call('SET', P .. 'batch:' .. batch, cjson.encode(answer), 'PX', 600000)
  return answer
end
)lua";

/// Ends the script where the batch, which is its third argument, was written already.
inline constexpr const char *knownBatch = R"lua(
local known = redis.call('GET', P .. 'batch:' .. ARGV[3])
if known then return cjson.decode(known) end
)lua";

/// Tells in a room that a monitor is gone; what follows the batches hands it out.
inline constexpr const char *tellRemoved = R"lua(
local function tellRemoved(room, uuid, at)
  local head = whole(redis.call('HINCRBY', P .. 'heads', room, 1))
  redis.call('XADD', P .. 'events:' .. room, head .. '-0', 'name', 'monitor.removed',
    'data', cjson.encode({monitorUuid = uuid}), 'at', at)
end
)lua";

} // namespace tocsin::redis
