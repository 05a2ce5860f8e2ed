-- From now on the instance receives the events of the room.
-- KEYS: instances that serve the room, inbox of the instance. Given: instanceId, ttl, inboxTtl, handled.
-- Replies with 1 if the inbox was made anew, otherwise with 0.
local given = cjson.decode(ARGV[1])
local serving, inbox = unpack(KEYS)

redis.call('SADD', serving, given.instanceId)
redis.call('PEXPIRE', serving, given.ttl)
return open_inbox(inbox, given.inboxTtl, given.handled)
