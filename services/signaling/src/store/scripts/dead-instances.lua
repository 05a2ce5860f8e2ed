-- KEYS: instances. Given: lostMs.
-- Replies with the instances whose last heartbeat is older than lostMs.
local given = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)

return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - given.lostMs))
