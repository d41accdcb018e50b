-- Enters a denial in its user's list, before the grant itself is written: what is missing later is only a stale entry.
-- KEYS  denied
-- ARGV  id, how long the entry is kept
local now = moment()
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', integer(now))
redis.call('ZADD', KEYS[1], integer(now + tonumber(ARGV[2])), ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'ok'
