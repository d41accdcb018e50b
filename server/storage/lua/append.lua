-- KEYS  audit stream. ARGV  event, history ttl
local now = moment()
record_event(KEYS[1], ARGV[1], now, tonumber(ARGV[2]))
return 'ok'
