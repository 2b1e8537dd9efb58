// SPDX-FileCopyrightText: 2026 The Tocsin authors
// SPDX-License-Identifier: MIT
//
// The scripts that write what is new.
#include "gateway/redisscripts_p.h"

#include "gateway/redisscriptparts_p.h"

namespace tocsin::redis {

namespace {

// What begins a new history writes a batch of its own, so that a generation stands for one state.
constexpr const char *prepare = R"lua(
local schema, fresh, server, known, seen, token, keepsAll = unpack(ARGV)
local meta = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'token', 'schema', 'server',
  'migration-from', 'keeper')
if meta[6] then return {'unfinished', meta[6]} end
local keeper = ''
if keepsAll == '1' then keeper = server end
if not meta[1] then
  redis.call('HSET', KEYS[1], 'schema', schema, 'epoch', fresh, 'generation', 0, 'token', '',
    'server', server, 'keeper', keeper)
  return {'ok', '0', '', fresh}
end
if meta[4] ~= schema then return {'schema', meta[4]} end
-- With what needs no memory: a full Redis refuses a script that begins with what does, and would
-- never be rid of anything if nobody came in.
local function beginWriting() redis.call('HDEL', KEYS[1], 'keeper') end
-- A Redis that was started since may have lost its last words, and who knew them may be gone as
-- well: that a gateway misses nothing says no more than that it had not heard the end. Only of one
-- that had answered nothing before it was on disk can it be the same history still, where whoever
-- asks finds what it knew of it.
local isWhole = meta[5] == server
if known == meta[1] and (isWhole or (keepsAll == '1' and meta[7] == meta[5])) then
  isWhole = tonumber(meta[2]) >= tonumber(seen)
  if isWhole and seen ~= '0' then
    if meta[2] == seen then
      isWhole = meta[3] == token
    else
      local entry = redis.call('XRANGE', P .. 'feed', seen, seen)[1]
      if entry then isWhole = entry[2][2] == token else isWhole = meta[5] == server end
    end
  end
end
if isWhole then
  if meta[5] ~= server or (meta[7] or '') ~= keeper then
    beginWriting()
    redis.call('HSET', KEYS[1], 'server', server, 'keeper', keeper)
  end
  return {'ok', meta[2], meta[3], meta[1]}
end
beginWriting()
local generation = redis.call('HINCRBY', KEYS[1], 'generation', 1)
redis.call('HSET', KEYS[1], 'epoch', fresh, 'token', fresh, 'server', server, 'keeper', keeper)
redis.call('XADD', P .. 'feed', whole(generation) .. '-0', 'token', fresh)
return {'ok', whole(generation), fresh, fresh}
)lua";

constexpr const char *append = R"lua(
local at = 3
local function take()
  at = at + 1
  return ARGV[at]
end
local function takeNumber() return tonumber(take()) end
local function takeRecord(fields)
  local record = {}
  for _, field in ipairs(fields) do record[field] = take() end
  return record
end
local function count(set, field)
  if field == '' then return end
  redis.call('SADD', P .. 'room-sets', set)
  redis.call('HINCRBY', P .. 'activity:' .. set, field, 1)
end

local length, stride, mostEntries, mostMonitors
  = takeNumber(), takeNumber(), takeNumber(), takeNumber()

local incidentFields = {'uuid', 'basedOn', 'version', 'source', 'fingerprint', 'latest', 'starts',
  'resolved', 'rooms', 'json', 'set', 'opened', 'over'}
local writes, isNew, isTaken = {}, {}, {}
for i = 1, takeNumber() do
  local write = takeRecord(incidentFields)
  writes[i] = write
  write.key = P .. 'incident:' .. write.uuid
  write.identity = P .. 'identity:' .. #write.source .. ':' .. write.source .. ':'
    .. write.fingerprint
  write.open = P .. 'open:' .. write.source
  write.isOver = write.resolved ~= ''
  if write.basedOn == '0' then
    if redis.call('EXISTS', write.key) == 1 then return {'conflict'} end
    if write.latest ~= '?' and (redis.call('GET', write.identity) or '') ~= write.latest then
      return {'conflict'}
    end
    write.isNew = true
    isNew[write.uuid] = true
  else
    local now = redis.call('HMGET', write.key, 'version', 'resolved')
    if now[1] ~= write.basedOn then return {'conflict'} end
    write.wasOpen = now[2] == ''
  end
  if not write.isOver then
    local taken = isTaken[write.identity]
    if taken == nil then taken = redis.call('HGET', write.open, write.fingerprint) end
    if taken and taken ~= write.uuid then return {'conflict'} end
    isTaken[write.identity] = write.uuid
  elseif write.wasOpen then
    isTaken[write.identity] = false
  end
end
local entries = {}
for i = 1, takeNumber() do
  entries[i] = takeRecord({'uuid', 'id', 'json'})
  local uuid, id = entries[i].uuid, entries[i].id
  if not isNew[uuid] and redis.call('EXISTS', P .. 'incident:' .. uuid) == 0 then
    return {'removed'}
  end
  -- Sent again, to another gateway, while this one had it. In a text the quotes are escaped.
  if id ~= '' then
    for _, known in ipairs(redis.call('LRANGE', P .. 'timeline:' .. uuid, 0, -1)) do
      if string.find(known, '"id":"' .. id .. '"', 1, true) then return {'conflict'} end
    end
  end
end

for _, write in ipairs(writes) do
  redis.call('HSET', write.key, 'version', write.version, 'starts', write.starts,
    'resolved', write.resolved, 'json', write.json)
  if write.isNew then
    local order = redis.call('HINCRBY', KEYS[1], 'incidents', 1)
    redis.call('HSET', write.key, 'source', write.source, 'fingerprint', write.fingerprint,
      'rooms', write.rooms, 'order', order)
    redis.call('SET', write.identity, write.uuid)
    redis.call('ZADD', P .. 'source:' .. write.source, order, write.uuid)
    count(write.set, write.opened)
    if not write.isOver then
      redis.call('HSET', write.open, write.fingerprint, write.uuid)
      for room in string.gmatch(write.rooms, '[^\n]+') do
        redis.call('ZADD', P .. 'open-in:' .. room, order, write.uuid)
      end
    end
  end
  if write.isOver then
    redis.call('ZADD', P .. 'resolved', write.resolved, write.uuid)
    if write.wasOpen then
      redis.call('HDEL', write.open, write.fingerprint)
      for room in string.gmatch(write.rooms, '[^\n]+') do
        redis.call('ZREM', P .. 'open-in:' .. room, write.uuid)
      end
    end
    if write.wasOpen or write.isNew then count(write.set, write.over) end
  end
end

for _, entry in ipairs(entries) do
  local key = P .. 'timeline:' .. entry.uuid
  redis.call('RPUSH', key, entry.json)
  redis.call('LTRIM', key, -mostEntries, -1)
  redis.call('HINCRBY', P .. 'incident:' .. entry.uuid, 'entries', 1)
end

local heads, touched, result = {}, {}, {}
for _ = 1, takeNumber() do
  local rooms = {}
  for i = 1, takeNumber() do rooms[i] = take() end
  local name, data, time = take(), take(), take()
  for _, room in ipairs(rooms) do
    if not heads[room] then
      heads[room] = tonumber(redis.call('HGET', P .. 'heads', room) or 0)
      touched[#touched + 1] = room
      result[#result + 1] = room
      result[#result + 1] = whole(heads[room] + 1)
    end
    heads[room] = heads[room] + 1
    redis.call('XADD', P .. 'events:' .. room, whole(heads[room]) .. '-0',
      'name', name, 'data', data, 'at', time)
  end
end
for _, room in ipairs(touched) do
  local head = heads[room]
  redis.call('HSET', P .. 'heads', room, whole(head))
  local oldest = tonumber(redis.call('HGET', P .. 'oldest', room) or 1)
  if head - oldest + 1 >= length + stride then
    oldest = whole(head - length + 1)
    redis.call('HSET', P .. 'oldest', room, oldest)
    redis.call('XTRIM', P .. 'events:' .. room, 'MINID', oldest)
  end
end

for _ = 1, takeNumber() do
  local source, time = take(), take()
  redis.call('HSET', P .. 'heard', source, time)
end

local watched = {}
for _ = 1, takeNumber() do
  local rooms = {}
  for i = 1, takeNumber() do rooms[i] = take() end
  local monitor = takeRecord({'uuid', 'source', 'fingerprint', 'changed', 'heard', 'json', 'kind'})
  for _, room in ipairs(rooms) do
    local key = P .. 'monitor:' .. room .. '\n' .. monitor.uuid
    local changed = redis.call('HGET', key, 'changed')
    if not changed then
      redis.call('HSET', key, 'source', monitor.source, 'fingerprint', monitor.fingerprint)
    end
    if not changed
      or (monitor.kind == 'changed' and (tonumber(changed) <= tonumber(monitor.changed)
        -- By a clock that was set back since.
        or tonumber(changed) > tonumber(monitor.heard))) then
      redis.call('HSET', key, 'changed', monitor.changed, 'json', monitor.json)
    end
    redis.call('ZADD', P .. 'monitors:' .. room, monitor.heard, monitor.uuid)
    watched[room] = true
  end
end
for room in pairs(watched) do
  redis.call('SADD', P .. 'watched', room)
  local key = P .. 'monitors:' .. room
  local tooMany = redis.call('ZCARD', key) - mostMonitors
  if tooMany > 0 then
    for _, uuid in ipairs(redis.call('ZRANGE', key, 0, tooMany - 1)) do
      redis.call('ZREM', key, uuid)
      redis.call('DEL', P .. 'monitor:' .. room .. '\n' .. uuid)
    end
  end
end

return finish(ARGV[3], result)
)lua";

constexpr const char *probe = R"lua(
redis.call('SET', P .. 'probe', string.rep('x', 16384))
redis.call('DEL', P .. 'probe')
return {'ok', meta[2], meta[3]}
)lua";

} // namespace

const RedisScript &prepareScript()
{
    static const RedisScript script(QByteArray(scriptHead) + prepare);
    return script;
}

const RedisScript &appendScript()
{
    static const RedisScript script(
        QByteArray(scriptHead) + knownBatch + historyCheck + finishBatch + append);
    return script;
}

const RedisScript &probeScript()
{
    static const RedisScript script(QByteArray(scriptHead) + historyCheck + probe);
    return script;
}

} // namespace tocsin::redis
