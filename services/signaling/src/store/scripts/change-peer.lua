-- Replaces a peer by a changed one, unless somebody else has changed the peer since it was read.
-- KEYS: room, peers of the room, index of the peer before, index of the peer after.
-- Given: code, peerId, before and after (the stored texts), from and to (the media node before and after, absent for none), memberBefore, score and member after, events, ttl,
-- stopsLeading (1: the peer leads the call no more), leaderLeftAt, which must be that of the room, and ends, and identity, role
-- and rolesMax if the person has been given a role, which the room keeps.
-- Replies with 1, or with 0 if the stored peer is not `before`, or leaderLeftAt another one.
local given = cjson.decode(ARGV[1])
local room, peers, indexBefore, indexAfter = unpack(KEYS)

if redis.call('HGET', peers, given.peerId) ~= given.before then return 0 end
if given.leaderLeftAt then
  if redis.call('HGET', room, 'leaderLeftAt') ~= given.leaderLeftAt then return 0 end
  redis.call('HDEL', room, 'leaderLeftAt')
end
if given.stopsLeading == 1 then
  local time = redis.call('TIME')
  redis.call('HSET', room, 'leaderLeftAt', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)))
end
if given.role then
  local roles = cjson.decode(redis.call('HGET', room, 'roles') or '{}')
  local count = 0
  for _ in pairs(roles) do count = count + 1 end
  if given.role == 'participant' then
    roles[given.identity] = nil
  elseif roles[given.identity] or count < given.rolesMax then
    roles[given.identity] = given.role
  end
  redis.call('HSET', room, 'roles', cjson.encode(roles))
end
move_peer(room, given.from, given.to)
redis.call('HSET', peers, given.peerId, given.after)
redis.call('ZREM', indexBefore, given.memberBefore)
redis.call('ZADD', indexAfter, given.score, given.member)
for _, key in ipairs({ room, peers, indexAfter }) do redis.call('PEXPIRE', key, given.ttl) end
send(given.code, given.events)
return 1
