-- Keeps a room with somebody in it from expiring, and takes rooms that did expire off the list.
-- KEYS: room, peers of the room, rooms, instances that serve the room. Given: code, ttl.
local given = cjson.decode(ARGV[1])
local room, peers, rooms, serving = unpack(KEYS)
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

redis.call('PEXPIRE', serving, given.ttl)
if redis.call('PEXPIRE', room, given.ttl) == 0 then return 0 end
redis.call('PEXPIRE', peers, given.ttl)
local owner = redis.call('HGET', room, 'owner')
if owner then redis.call('PEXPIRE', 'parley:network:' .. owner .. ':rooms', given.ttl) end
redis.call('ZADD', rooms, now, given.code)
redis.call('ZREMRANGEBYSCORE', rooms, '-inf', string.format('%.0f', now - given.ttl))
return redis.call('PEXPIRE', rooms, given.ttl)
