-- A grant, for its holder alone, and its body when that is asked for: it may be large.
-- KEYS  grant, body
-- ARGV  holder's field, holder's value, 'body' or ''
local now, epoch = moment()
local grant = redis.call('HMGET', KEYS[1], ARGV[1], 'record')
if not grant[1] or grant[1] ~= ARGV[2] then
  return { now, epoch, false, false }
end
return { now, epoch, grant[2], ARGV[3] == 'body' and redis.call('GET', KEYS[2]) }
