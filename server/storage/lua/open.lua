-- One round trip for one tool call: the session, begun when it is new, and its live grants.
-- KEYS  session, live grants, audit stream
-- ARGV  session key, prefix of grant keys, client name ('' when not given), session ttl, how often a visit is written,
--       history ttl, event of a new session
local now, epoch = moment()
local key, prefix, name = ARGV[1], ARGV[2], ARGV[3]
local session = redis.call('HMGET', KEYS[1], 'key', 'name', 'startedAt', 'seenAt', 'asked')

if session[1] and session[1] ~= key then
  return { 'stranger' }
end

local is_new = not session[1]
local is_renamed = name ~= '' and name ~= session[2]
if is_new then
  session = { key, false, integer(now), integer(now), '0' }
  redis.call('HSET', KEYS[1], 'key', key, 'startedAt', session[3], 'asked', '0')
  local event = cjson.decode(ARGV[7])
  event.at = now
  record_event(KEYS[3], cjson.encode(event), now, tonumber(ARGV[6]))
end
if is_renamed then
  session[2] = name
  redis.call('HSET', KEYS[1], 'name', name)
end
if is_new or is_renamed or now - tonumber(session[4]) >= tonumber(ARGV[5]) then
  session[4] = integer(now)
  redis.call('HSET', KEYS[1], 'seenAt', session[4])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end

local records = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], '(' .. integer(now), '+inf', 'BYSCORE')) do
  local record = redis.call('HGET', prefix .. id, 'record')
  if record then
    records[#records + 1] = record
  end
end
return { 'ok', now, epoch, session[5], session[2], session[3], session[4], records }
