-- Adds a peer to a room. The first peer makes the room.
-- KEYS: room, peers of the room, leave reason of the peer, rooms, index of the peer.
-- Given: code, peerId, peer, record, access (absent where it is not known), revision, node (absent for a peer without media), placedAsFirst (whoever placed the peer knew of no such room), limit, network, networkPeerLimit, networkRoomLimit, score and member in the index, event, ttl, joinedAt, person (absent for somebody whom nobody knows).
-- Replies with 'left', 'already_joined', 'room_full', 'address_limited', or the room as it is afterwards, as the person has it.
-- If the peer was placed as the first, and the room is on nodes by now, and the given one is none of them, nothing is added.
local given = cjson.decode(ARGV[1])
local room, peers, left, rooms, index = unpack(KEYS)
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))

local reason = redis.call('GET', left)
if reason and reason ~= 'failed' then return 'left' end
if redis.call('HEXISTS', peers, given.peerId) == 1 then return 'already_joined' end
if redis.call('HLEN', peers) >= given.limit then return 'room_full' end
local ofNetwork = 'network:' .. given.network
if tonumber(redis.call('HGET', room, ofNetwork) or 0) >= given.networkPeerLimit then return 'address_limited' end
local is_new = redis.call('HEXISTS', room, 'record') == 0
local owned = 'parley:network:' .. given.network .. ':rooms'
if is_new and redis.call('SCARD', owned) >= given.networkRoomLimit then
  -- A room that expired with its cluster is not there any more.
  for _, code in ipairs(redis.call('SMEMBERS', owned)) do
    if redis.call('EXISTS', 'parley:room:' .. code) == 0 then redis.call('SREM', owned, code) end
  end
  if redis.call('SCARD', owned) >= given.networkRoomLimit then return 'address_limited' end
end
local is_placed = redis.call('HEXISTS', room, 'node') == 1
if given.placedAsFirst and is_placed and given.node and not is_on(room, given.node) then return view(room, peers, given) end

if is_new then
  redis.call('HSET', room, 'record', given.record, 'since', given.joinedAt, 'begun', given.joinedAt, 'owner', given.network, 'revision', given.revision)
  if given.access then redis.call('HSET', room, 'access', given.access) end
  redis.call('SADD', owned, given.code)
  redis.call('PEXPIRE', owned, given.ttl)
end
move_peer(room, nil, given.node)
redis.call('HINCRBY', room, ofNetwork, 1)
add_person(room, given.person, given.peerId)
local order = redis.call('HINCRBY', room, 'order', 1)
redis.call('HSET', peers, given.peerId, order .. ':' .. given.peer)
redis.call('DEL', left)
redis.call('ZADD', rooms, now, given.code)
redis.call('ZADD', index, given.score, given.member)
for _, key in ipairs({ room, peers, rooms, index }) do redis.call('PEXPIRE', key, given.ttl) end
send(given.code, { given.event })
return view(room, peers, given)
