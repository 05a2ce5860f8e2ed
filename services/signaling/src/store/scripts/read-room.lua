-- KEYS: room, peers of the room.
-- Replies with the fields of the room and its peers. The record is nil if there is no such room.
local room, peers = unpack(KEYS)
return { fields_of(room), redis.call('HGETALL', peers) }
