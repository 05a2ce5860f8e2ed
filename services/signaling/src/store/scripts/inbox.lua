-- Stands before every script that opens an inbox or sends events.
-- The inbox of an instance is a stream with the events that it has not read. It exists while the instance lives.
-- Most events have some hundred bytes; a changed message with all its reactions may have 30 KB, so a full inbox takes 60 MB at most.
local INBOX_MAX = 2000

-- Keeps the inbox for ttl milliseconds. Returns 1 if there was none: what was sent before is lost. The ids of a new one come after the
-- last one that its instance has handled, also if the clock of Redis went back: the instance reads what comes after it.
local function open_inbox(inbox, ttl, handled)
  local is_new = 0
  if redis.call('EXISTS', inbox) == 0 then
    redis.call('XADD', inbox, handled == '0-0' and '*' or handled, 'new', '')
    redis.call('XTRIM', inbox, 'MAXLEN', 0)
    is_new = 1
  end
  redis.call('PEXPIRE', inbox, ttl)
  return is_new
end

-- A full inbox is emptied, but for one entry that says since when events are missing.
local function empty_if_full(inbox)
  if redis.call('XLEN', inbox) < INBOX_MAX then return end
  local oldest = redis.call('XRANGE', inbox, '-', '+', 'COUNT', 1)[1]
  local since = oldest[2][1] == 'missed' and oldest[2][2] or oldest[1]
  redis.call('XTRIM', inbox, 'MAXLEN', 0)
  redis.call('XADD', inbox, '*', 'missed', since)
end

-- Sends events to the instances that serve the room, and to no other one. Those without an inbox are dead.
local function send(code, events)
  local serving = 'parley:room:' .. code .. ':instances'
  for _, instance in ipairs(redis.call('SMEMBERS', serving)) do
    local inbox = 'parley:instance:' .. instance .. ':inbox'
    for _, event in ipairs(events) do
      if redis.call('XADD', inbox, 'NOMKSTREAM', '*', 'room', code, 'event', event) then
        empty_if_full(inbox)
      else
        redis.call('SREM', serving, instance)
      end
    end
  end
end
