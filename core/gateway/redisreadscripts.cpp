// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// The scripts that read, and the one that tells who is here: each is of one moment, and of the
// history that the gateway knows.
#include "gateway/redisscripts_p.h"

#include "gateway/redisscriptparts_p.h"

namespace tocsin::redis {

namespace {

RedisScript reading(const char *text)
{
    return RedisScript(QByteArray(scriptHead) + historyCheck + text);
}

} // namespace

const RedisScript &latestScript()
{
    static const auto script = reading(R"lua(
local found = {}
for i = 3, #ARGV do
  local uuid = redis.call('GET', P .. 'identity:' .. ARGV[i])
  found[#found + 1] = uuid and redis.call('HMGET', P .. 'incident:' .. uuid,
    'fingerprint', 'starts', 'rooms', 'json') or false
end
return {'ok', meta[2], meta[3], found}
)lua");
    return script;
}

const RedisScript &findScript()
{
    static const auto script = reading(R"lua(
return {'ok', meta[2], meta[3], redis.call('HMGET', P .. 'incident:' .. ARGV[3],
  'fingerprint', 'starts', 'rooms', 'json')}
)lua");
    return script;
}

const RedisScript &heardScript()
{
    static const auto script = reading(R"lua(
return {'ok', meta[2], meta[3], redis.call('HGET', P .. 'heard', ARGV[3])}
)lua");
    return script;
}

const RedisScript &openScript()
{
    static const auto script = reading(R"lua(
local open = redis.call('HGETALL', P .. 'open:' .. ARGV[3])
local found = {}
for i = 1, #open, 2 do
  local incident = redis.call('HMGET', P .. 'incident:' .. open[i + 1], 'version', 'starts')
  found[#found + 1] = {open[i], open[i + 1], incident[1], incident[2]}
end
return {'ok', meta[2], meta[3], found}
)lua");
    return script;
}

const RedisScript &sourceScript()
{
    static const auto script = reading(R"lua(
local incidents = {}
for i, uuid in ipairs(redis.call('ZRANGE', P .. 'source:' .. ARGV[3], 0, -1)) do
  local incident = redis.call('HMGET', P .. 'incident:' .. uuid, 'version', 'resolved', 'rooms',
    'json')
  incidents[i] = {uuid, incident[1], incident[2], incident[3], incident[4]}
end
return {'ok', meta[2], meta[3], incidents}
)lua");
    return script;
}

const RedisScript &timelineScript()
{
    static const auto script = reading(R"lua(
return {'ok', meta[2], meta[3], redis.call('HGET', P .. 'incident:' .. ARGV[3], 'entries') or '0',
  redis.call('LRANGE', P .. 'timeline:' .. ARGV[3], 0, -1)}
)lua");
    return script;
}

const RedisScript &activityScript()
{
    static const auto script = reading(R"lua(
local isAsked = {}
for i = 3, #ARGV do isAsked[ARGV[i]] = true end
local found = {}
for _, set in ipairs(redis.call('SMEMBERS', P .. 'room-sets')) do
  for room in string.gmatch(set, '[^\n]+') do
    if isAsked[room] then
      found[#found + 1] = redis.call('HGETALL', P .. 'activity:' .. set)
      break
    end
  end
end
local heads = {}
for i = 3, #ARGV do heads[#heads + 1] = redis.call('HGET', P .. 'heads', ARGV[i]) or '0' end
return {'ok', meta[2], meta[3], found, heads}
)lua");
    return script;
}

const RedisScript &extentScript()
{
    static const auto script = reading(R"lua(
return {'ok', meta[2], meta[3], redis.call('HGET', P .. 'heads', ARGV[3]) or '0',
  redis.call('HGET', P .. 'oldest', ARGV[3]) or '1'}
)lua");
    return script;
}

const RedisScript &sinceScript()
{
    static const auto script = reading(R"lua(
return {'ok', meta[2], meta[3], redis.call('XRANGE', P .. 'events:' .. ARGV[3],
  whole(tonumber(ARGV[4]) + 1), '+', 'COUNT', ARGV[5])}
)lua");
    return script;
}

const RedisScript &stateScript()
{
    static const auto script = reading(R"lua(
local incidents = {}
for i, uuid in ipairs(redis.call('ZRANGE', P .. 'open-in:' .. ARGV[3], 0, -1)) do
  incidents[i] = redis.call('HGET', P .. 'incident:' .. uuid, 'json')
end
local monitors = {}
for i, uuid in ipairs(redis.call('ZRANGE', P .. 'monitors:' .. ARGV[3], 0, -1)) do
  monitors[i] = {uuid, redis.call('HGET', P .. 'monitor:' .. ARGV[3] .. '\n' .. uuid, 'json')}
end
return {'ok', meta[2], meta[3], redis.call('HGET', P .. 'heads', ARGV[3]) or '0', incidents,
  monitors}
)lua");
    return script;
}

const RedisScript &newsScript()
{
    static const auto script = reading(R"lua(
local left = tonumber(ARGV[3])
local found = {}
for i = 4, #ARGV, 2 do
  local room, after = ARGV[i], tonumber(ARGV[i + 1])
  local head = redis.call('HGET', P .. 'heads', room)
  if left > 0 and head and tonumber(head) > after then
    local events = redis.call('XRANGE', P .. 'events:' .. room, whole(after + 1), '+',
      'COUNT', left)
    left = left - #events
    found[#found + 1] = {room, head, events}
  end
end
return {'ok', meta[2], meta[3], found}
)lua");
    return script;
}

const RedisScript &presenceScript()
{
    static const auto script = reading(R"lua(
local own, version, present = ARGV[3], ARGV[4], ARGV[5]
local key = P .. 'gateway:' .. own
if present ~= '' then redis.call('HSET', key, 'version', version, 'present', present) end
local isKnown = redis.call('PEXPIRE', key, 30000)
if isKnown == 1 then redis.call('SADD', P .. 'gateways', own) end
local known = {}
for i = 6, #ARGV, 2 do known[ARGV[i]] = ARGV[i + 1] end
local found = {}
for _, id in ipairs(redis.call('SMEMBERS', P .. 'gateways')) do
  if id ~= own then
    local there = redis.call('HGET', P .. 'gateway:' .. id, 'version')
    if not there then
      redis.call('SREM', P .. 'gateways', id)
    elseif known[id] == there then
      found[#found + 1] = {id, there}
    else
      found[#found + 1] = {id, there, redis.call('HGET', P .. 'gateway:' .. id, 'present')}
    end
  end
end
return {'ok', meta[2], meta[3], isKnown, found}
)lua");
    return script;
}

} // namespace tocsin::redis
