-- The store's own clock in epoch milliseconds, and the run of this server: its epoch. Stands before every other script.
local function moment()
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  return now, string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
end

-- Lua prints large numbers in short form, which Redis does not take.
local function integer(number)
  return string.format('%.0f', number)
end

-- A stream of one slot: older records than the history go, and the key goes when nothing more is written.
local function record_event(stream, event, now, history)
  redis.call('XADD', stream, 'MINID', '~', integer(now - history), '*', 'event', event)
  redis.call('PEXPIRE', stream, integer(history))
end
