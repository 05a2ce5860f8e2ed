-- Puts a peer back into a store that has lost its data.
-- KEYS: room, peers of the room, leave reason of the peer, rooms, index of the peer.
-- Given: code, peerId, peer, record, revision, node (absent for a peer without media), score and member in the index, event, ttl,
-- network, person (absent for somebody whom nobody knows), begun (when the peer joined).
-- Replies with 'left', 'restored', or the stored text of the peer if the store has one.
local given = cjson.decode(ARGV[1])
local room, peers, left, rooms, index = unpack(KEYS)
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

local present = redis.call('HGET', peers, given.peerId)
if present then return present end
if redis.call('EXISTS', left) == 1 then return 'left' end

if redis.call('HSETNX', room, 'record', given.record) == 1 then
  redis.call('HSET', room, 'revision', given.revision, 'owner', given.network)
  local owned = 'parley:network:' .. given.network .. ':rooms'
  redis.call('SADD', owned, given.code)
  redis.call('PEXPIRE', owned, given.ttl)
end

move_peer(room, nil, given.node)
redis.call('HINCRBY', room, 'network:' .. given.network, 1)
add_person(room, given.person, given.peerId)
local begun = tonumber(redis.call('HGET', room, 'begun') or redis.call('HGET', room, 'since'))
if not begun or given.begun < begun then redis.call('HSET', room, 'begun', string.format('%.0f', given.begun)) end
local order = redis.call('HINCRBY', room, 'order', 1)
redis.call('HSET', peers, given.peerId, order .. ':' .. given.peer)
redis.call('ZADD', rooms, now, given.code)
redis.call('ZADD', index, given.score, given.member)
for _, key in ipairs({ room, peers, rooms, index }) do redis.call('PEXPIRE', key, given.ttl) end
send(given.code, { given.event })
return 'restored'
