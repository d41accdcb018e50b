-- A grant with its body, for its holder alone.
-- KEYS  grant, body
-- ARGV  holder's field, holder's value
local now, epoch = moment()
local grant = redis.call('HMGET', KEYS[1], ARGV[1], 'record')
if not grant[1] or grant[1] ~= ARGV[2] then
  return { now, epoch, false, false }
end
return { now, epoch, grant[2], redis.call('GET', KEYS[2]) }
