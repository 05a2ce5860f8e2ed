-- The heartbeat of an instance.
-- KEYS: instances, peers held by this instance, its inbox. Given: instanceId, ttl, inboxTtl, handled, lostMs.
-- Replies with the time, and with 1 if other instances took this one for dead: it was not listed, or its last heartbeat is older
-- than lostMs; and with 1 if its inbox was made anew.
local given = cjson.decode(ARGV[1])
local instances, held, inbox = unpack(KEYS)
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

local last = redis.call('ZSCORE', instances, given.instanceId)
redis.call('ZADD', instances, now, given.instanceId)
redis.call('PEXPIRE', instances, given.ttl)
redis.call('PEXPIRE', held, given.ttl)
local wasTakenForDead = 1
if last and now - tonumber(last) <= given.lostMs then wasTakenForDead = 0 end
return { tonumber(now), wasTakenForDead, open_inbox(inbox, given.inboxTtl, given.handled) }
