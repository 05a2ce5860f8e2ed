-- Removes a peer, unless somebody else has changed the peer since it was read. The last peer takes the room along.
-- KEYS: room, peers of the room, leave reason of the peer, rooms, index of the peer.
-- Given: code, peerId, before (the stored text), node (of its media, absent for none), member, reason, reasonTtl, network, person (absent for somebody whom nobody knows), stopsLeading (1: the peer led the call), event.
-- Replies with 1, or with 0 if the stored peer is not `before`.
local given = cjson.decode(ARGV[1])
local room, peers, left, rooms, index = unpack(KEYS)

if redis.call('HGET', peers, given.peerId) ~= given.before then return 0 end
redis.call('HDEL', peers, given.peerId)
redis.call('ZREM', index, given.member)
redis.call('SET', left, given.reason, 'PX', given.reasonTtl)
if given.stopsLeading == 1 then
  local time = redis.call('TIME')
  redis.call('HSET', room, 'leaderLeftAt', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
end
move_peer(room, given.node, nil)
redis.call('HINCRBY', room, 'network:' .. given.network, -1)
remove_person(room, given.person, given.peerId)
if redis.call('HLEN', peers) == 0 then
  local owner = redis.call('HGET', room, 'owner')
  if owner then redis.call('SREM', 'parley:network:' .. owner .. ':rooms', given.code) end
  redis.call('DEL', room, peers)
  redis.call('ZREM', rooms, given.code)
end
send(given.code, { given.event })
return 1
