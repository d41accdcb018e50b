-- Writes a browser session, or changes one that is still there, and lets it end by itself.
-- KEYS  browser session
-- ARGV  'save' or 'update', idle ms, longest ms, then field and value of what is written
if ARGV[1] == 'update' and redis.call('EXISTS', KEYS[1]) == 0 then
  return 0
end
if ARGV[1] == 'save' then
  redis.call('DEL', KEYS[1])
end
for at = 4, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[at], ARGV[at + 1])
end
local times = redis.call('HMGET', KEYS[1], 'seenAt', 'startedAt')
local idle, longest = tonumber(times[1]) + tonumber(ARGV[2]), tonumber(times[2]) + tonumber(ARGV[3])
redis.call('PEXPIREAT', KEYS[1], integer(math.min(idle, longest)))
return 1
