// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
#include "gateway/redistransferscripts_p.h"

#include "gateway/redisscriptparts_p.h"

namespace tocsin::redis {

const RedisScript &beginMigrationScript()
{
    static const RedisScript script(QByteArray(scriptHead) + R"lua(
local run, epoch, moved, from = unpack(ARGV)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'migration', 'migration-epoch',
  'migration-from', 'incidents')
local isResumed = 0
if meta[2] then
  if meta[3] ~= epoch and meta[3] ~= moved then return {'unfinished', meta[4]} end
  isResumed = 1
elseif meta[1] then
  local rooms = redis.call('HLEN', P .. 'heads')
  local isEmpty = not meta[5] and rooms == 0 and redis.call('EXISTS', P .. 'heard') == 0
    and redis.call('EXISTS', P .. 'watched') == 0
  if not isEmpty then return {'taken', meta[5] or '0', rooms} end
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'schema', 'of an unfinished migration', 'epoch', 'unfinished',
  'generation', 0, 'token', '', 'migration', run, 'migration-epoch', epoch, 'migration-from', from)
return {'ok', isResumed}
)lua");
    return script;
}

const RedisScript &fillScript()
{
    static const RedisScript script(QByteArrayLiteral(R"lua(
if redis.call('HGET', KEYS[1], 'migration') ~= ARGV[1] then return {'other'} end
local at = 2
while at <= #ARGV do
  local words = tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, at + words))
  at = at + words + 1
end
return {'ok'}
)lua"));
    return script;
}

const RedisScript &finishMigrationScript()
{
    static const RedisScript script(QByteArray(scriptHead) + R"lua(
local run, schema, epoch, generation, token, server, incidents = unpack(ARGV)
if redis.call('HGET', KEYS[1], 'migration') ~= run then return {'other'} end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'schema', schema, 'epoch', epoch, 'generation', generation,
  'token', token, 'server', server)
if incidents ~= '0' then redis.call('HSET', KEYS[1], 'incidents', incidents) end
redis.call('XADD', P .. 'feed', generation .. '-0', 'token', token)
return {'ok'}
)lua");
    return script;
}

const RedisScript &giveEpochAwayScript()
{
    static const RedisScript script(QByteArray(scriptHead) + R"lua(
local seen, epoch, fresh, server = unpack(ARGV)
local meta = redis.call('HMGET', KEYS[1], 'generation', 'epoch')
if meta[1] ~= seen or meta[2] ~= epoch then return {'changed'} end
local generation = whole(redis.call('HINCRBY', KEYS[1], 'generation', 1))
redis.call('HSET', KEYS[1], 'epoch', fresh, 'token', fresh, 'server', server, 'moved', epoch)
redis.call('XADD', P .. 'feed', generation .. '-0', 'token', fresh)
return {'ok'}
)lua");
    return script;
}

const RedisScript &readIncidentsScript()
{
    static const RedisScript script(QByteArray(scriptHead) + R"lua(
local found = {}
for i, uuid in ipairs(ARGV) do
  found[i] = {redis.call('HMGET', P .. 'incident:' .. uuid, 'source', 'fingerprint', 'starts',
    'version', 'resolved', 'rooms', 'json', 'entries'),
    redis.call('LRANGE', P .. 'timeline:' .. uuid, 0, -1)}
end
return found
)lua");
    return script;
}

const RedisScript &readMonitorsScript()
{
    static const RedisScript script(QByteArray(scriptHead) + R"lua(
local found = {}
for i = 2, #ARGV do
  found[i - 1] = redis.call('HMGET', P .. 'monitor:' .. ARGV[1] .. '\n' .. ARGV[i], 'source',
    'fingerprint', 'changed', 'json')
end
return found
)lua");
    return script;
}

} // namespace tocsin::redis
