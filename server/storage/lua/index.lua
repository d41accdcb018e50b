-- Enters a grant in its user's index, before the grant itself is written: what is missing later is only a stale entry.
-- KEYS  live, history, choices
-- ARGV  id, position, until when it may be live, how long an entry is kept, then what lists can be narrowed to by it
local now = moment()
redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', integer(now))
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
if last[2] then
  redis.call('PEXPIREAT', KEYS[1], last[2])
end
redis.call('ZADD', KEYS[2], 0, ARGV[2])
redis.call('ZREMRANGEBYLEX', KEYS[2], '-', '(' .. string.format('%015.0f', now - tonumber(ARGV[4])))
redis.call('PEXPIRE', KEYS[2], ARGV[4])
for at = 5, #ARGV do
  redis.call('ZADD', KEYS[3], integer(now + tonumber(ARGV[4])), ARGV[at])
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', integer(now))
redis.call('PEXPIRE', KEYS[3], ARGV[4])
return 'ok'
