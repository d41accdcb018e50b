-- One stretch of a user's index. KEYS  live, denied, choices or history
-- ARGV  'live', or highest position, lowest position and how many
local now, epoch = moment()
if ARGV[1] == 'live' then
  return { now, epoch, redis.call('ZRANGE', KEYS[1], '(' .. integer(now), '+inf', 'BYSCORE') }
end
return { now, epoch, redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'BYLEX', 'REV', 'LIMIT', 0, ARGV[3]) }
