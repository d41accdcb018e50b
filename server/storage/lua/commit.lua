-- Compare-and-swap of one or more grants of a session, each with its audit events: all of them or none.
-- KEYS  session, live grants, audit stream, then grant and body of every change
-- ARGV  epoch of the decision, number of questions put before ('' when none is put now), holder's field, holder's value,
--       user, history ttl, channel; then of every change: id, version that it follows ('0' for a new grant), not after
--       ('' for ever), version, live until ('0' when it ended), record, events one a line, 'body' or '', body
local CHANGE_ARGS, FIRST = 9, 8
local now, epoch = moment()
local history = tonumber(ARGV[6])
local changes = (#KEYS - 3) / 2

local function refused(why)
  return { why, now, epoch, redis.call('HGET', KEYS[4], 'record') }
end

if ARGV[1] ~= epoch then
  return refused('conflict')
end
if ARGV[2] ~= '' and redis.call('HGET', KEYS[1], 'asked') ~= ARGV[2] then
  return refused('conflict')
end
for change = 0, changes - 1 do
  local at = FIRST + change * CHANGE_ARGS
  local follows, not_after = ARGV[at + 1], ARGV[at + 2]
  local grant = redis.call('HMGET', KEYS[4 + change * 2], ARGV[3], 'version')
  if follows ~= '0' and grant[1] ~= ARGV[4] then
    return { 'not_found', now, epoch, false }
  end
  if (grant[2] or '0') ~= follows or (not_after ~= '' and now >= tonumber(not_after)) then
    return refused('conflict')
  end
end

for change = 0, changes - 1 do
  local at = FIRST + change * CHANGE_ARGS
  local grant, body = KEYS[4 + change * 2], KEYS[5 + change * 2]
  local id, version, live_until, events = ARGV[at], ARGV[at + 3], tonumber(ARGV[at + 4]), ARGV[at + 6]
  redis.call('HSET', grant, 'version', version, 'record', ARGV[at + 5])
  if ARGV[at + 1] == '0' then
    redis.call('HSET', grant, ARGV[3], ARGV[4], 'user', ARGV[5])
  end
  redis.call('PEXPIREAT', grant, integer(math.max(live_until, now) + history))
  if ARGV[at + 7] == 'body' then
    redis.call('SET', body, ARGV[at + 8])
  end
  if live_until > now then
    redis.call('ZADD', KEYS[2], integer(live_until), id)
    redis.call('PEXPIREAT', body, integer(live_until))
  else
    redis.call('ZREM', KEYS[2], id)
    redis.call('DEL', body)
  end
  for event in string.gmatch(events, '[^\n]+') do
    record_event(KEYS[3], event, now, history)
  end
  if events ~= '' then
    redis.call('PUBLISH', ARGV[7], id)
  end
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', integer(now))
local last = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')
if last[2] then
  redis.call('PEXPIREAT', KEYS[2], last[2])
end
if ARGV[2] ~= '' then
  redis.call('HINCRBY', KEYS[1], 'asked', 1)
end
return { 'ok', now, epoch, false }
