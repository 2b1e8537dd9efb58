// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// The scripts that delete.
#include "gateway/redisscripts_p.h"

#include "gateway/redisscriptparts_p.h"

namespace tocsin::redis {

namespace {

constexpr const char *remove = R"lua(
local at = 3
local function take()
  at = at + 1
  return ARGV[at]
end
local source = take()
local uuids = {}
for i = 1, tonumber(take()) do
  uuids[i] = take()
  local version = take()
  if redis.call('HGET', P .. 'incident:' .. uuids[i], 'version') ~= version then
    return {'conflict'}
  end
end
if redis.call('ZCARD', P .. 'source:' .. source) ~= #uuids then return {'conflict'} end

for _ = 1, tonumber(take()) do
  local set, field = take(), take()
  local key = P .. 'activity:' .. set
  -- Its severity may have changed since it was counted.
  if tonumber(redis.call('HGET', key, field) or 0) > 1 then
    redis.call('HINCRBY', key, field, -1)
  else
    redis.call('HDEL', key, field)
  end
end
local isTouched, touched, farewells, gone = {}, {}, {}, {}
local function touch(room)
  if not isTouched[room] then
    isTouched[room] = true
    touched[#touched + 1] = room
  end
end
for _ = 1, tonumber(take()) do
  local room = take()
  farewells[room] = tonumber(take())
  touch(room)
end
for _, uuid in ipairs(uuids) do
  local key = P .. 'incident:' .. uuid
  local incident = redis.call('HMGET', key, 'fingerprint', 'rooms')
  for room in string.gmatch(incident[2], '[^\n]+') do
    redis.call('ZREM', P .. 'open-in:' .. room, uuid)
  end
  redis.call('DEL', key, P .. 'timeline:' .. uuid,
    P .. 'identity:' .. #source .. ':' .. source .. ':' .. incident[1])
  redis.call('ZREM', P .. 'resolved', uuid)
end
redis.call('DEL', P .. 'source:' .. source, P .. 'open:' .. source)
for _, room in ipairs(redis.call('SMEMBERS', P .. 'watched')) do
  for _, uuid in ipairs(redis.call('ZRANGE', P .. 'monitors:' .. room, 0, -1)) do
    local key = P .. 'monitor:' .. room .. '\n' .. uuid
    if redis.call('HGET', key, 'source') == source then
      redis.call('DEL', key)
      redis.call('ZREM', P .. 'monitors:' .. room, uuid)
      touch(room)
      farewells[room] = (farewells[room] or 0) + 1
      gone[#gone + 1] = room
      gone[#gone + 1] = uuid
    end
  end
end
local result = {#gone / 2}
for _, value in ipairs(gone) do result[#result + 1] = value end
for _, room in ipairs(touched) do
  local head = tonumber(redis.call('HGET', P .. 'heads', room) or 0)
  result[#result + 1] = room
  result[#result + 1] = whole(head + 1)
  head = head + (farewells[room] or 0)
  redis.call('HSET', P .. 'heads', room, whole(head))
  redis.call('HSET', P .. 'oldest', room, whole(head + 1))
  redis.call('DEL', P .. 'events:' .. room)
end
return finish(ARGV[3], result)
)lua";

constexpr const char *prune = R"lua(
-- What is young is not deleted for everybody because one gateway's clock is ahead.
local time = redis.call('TIME')
local ahead = math.max(0,
  tonumber(ARGV[4]) - tonumber(time[1]) * 1000 - math.floor(tonumber(time[2]) / 1000))
local function limit(i) return tonumber(ARGV[i]) - ahead end
local now, eventsBefore, resolvedBefore, heardBefore = whole(limit(4)), limit(5), whole(limit(6)),
  whole(limit(7))
local firstQuarter = math.floor(limit(8) / tonumber(ARGV[9]))
local most = tonumber(ARGV[10])

local left = most
local heads = redis.call('HGETALL', P .. 'heads')
for i = 1, #heads, 2 do
  local room, head = heads[i], tonumber(heads[i + 1])
  local key = P .. 'events:' .. room
  local before = tonumber(redis.call('HGET', P .. 'oldest', room) or 1)
  local oldest = before
  local isOld = true
  while isOld and left > 0 and oldest <= head do
    -- Few at once: of most rooms, the first is young already.
    local events = redis.call('XRANGE', key, whole(oldest), '+', 'COUNT', math.min(left, 20))
    if #events == 0 then break end
    for _, event in ipairs(events) do
      isOld = tonumber(event[2][6]) < eventsBefore
      if not isOld then break end
      oldest = oldest + 1
      left = left - 1
    end
  end
  if oldest ~= before then
    -- First what frees memory: a Redis that is full refuses a script that begins with the other,
    -- and would be full for ever.
    redis.call('XTRIM', key, 'MINID', whole(oldest))
    redis.call('HSET', P .. 'oldest', room, whole(oldest))
  end
  if left <= 0 then break end
end

local over = redis.call('ZRANGEBYSCORE', P .. 'resolved', '-inf', '(' .. resolvedBefore,
  'LIMIT', 0, most)
for _, uuid in ipairs(over) do
  local key = P .. 'incident:' .. uuid
  local incident = redis.call('HMGET', key, 'source', 'fingerprint')
  if incident[1] then
    local identity = P .. 'identity:' .. #incident[1] .. ':' .. incident[1] .. ':' .. incident[2]
    if redis.call('GET', identity) == uuid then redis.call('DEL', identity) end
    redis.call('ZREM', P .. 'source:' .. incident[1], uuid)
  end
  redis.call('DEL', key, P .. 'timeline:' .. uuid)
  redis.call('ZREM', P .. 'resolved', uuid)
end

for _, set in ipairs(redis.call('SMEMBERS', P .. 'room-sets')) do
  local key = P .. 'activity:' .. set
  for _, field in ipairs(redis.call('HKEYS', key)) do
    if tonumber(string.match(field, '^-?%d+')) < firstQuarter then
      redis.call('HDEL', key, field)
    end
  end
  if redis.call('EXISTS', key) == 0 then redis.call('SREM', P .. 'room-sets', set) end
end

local forgotten = 0
for _, room in ipairs(redis.call('SMEMBERS', P .. 'watched')) do
  local all = P .. 'monitors:' .. room
  for _, uuid in ipairs(redis.call('ZRANGEBYSCORE', all, '-inf', '(' .. heardBefore)) do
    local key = P .. 'monitor:' .. room .. '\n' .. uuid
    local monitor = redis.call('HMGET', key, 'source', 'fingerprint')
    local isDown = monitor[1]
      and redis.call('HEXISTS', P .. 'open:' .. monitor[1], monitor[2]) == 1
    if not isDown and forgotten < most then
      redis.call('DEL', key)
      redis.call('ZREM', all, uuid)
      tellRemoved(room, uuid, now)
      forgotten = forgotten + 1
    end
  end
  if redis.call('EXISTS', all) == 0 then redis.call('SREM', P .. 'watched', room) end
end

local more = 0
if left <= 0 or #over >= most or forgotten >= most then more = 1 end
if forgotten > 0 then return finish(ARGV[3], {more}) end
return {'ok', meta[2], meta[3], more}
)lua";

} // namespace

const RedisScript &removeScript()
{
    static const RedisScript script(
        QByteArray(scriptHead) + knownBatch + historyCheck + finishBatch + remove);
    return script;
}

const RedisScript &pruneScript()
{
    static const RedisScript script(
        QByteArray(scriptHead) + knownBatch + historyCheck + finishBatch + tellRemoved + prune);
    return script;
}

} // namespace tocsin::redis
