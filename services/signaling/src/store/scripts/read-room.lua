-- KEYS: room, peers of the room.
-- Replies with record, node, peers, since, access, leaderLeftAt and roles. The record is nil if there is no such room.
local room, peers = unpack(KEYS)
return { redis.call('HGET', room, 'record'), redis.call('HGET', room, 'node'), redis.call('HGETALL', peers),
  redis.call('HGET', room, 'since'), redis.call('HGET', room, 'access'), redis.call('HGET', room, 'leaderLeftAt'),
  redis.call('HGET', room, 'roles') }
