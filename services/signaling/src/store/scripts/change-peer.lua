-- Replaces a peer by a changed one, unless somebody else has changed the peer since it was read.
-- KEYS: room, peers of the room, index of the peer before, index of the peer after.
-- Given: peerId, before and after (the stored texts), memberBefore, score and member after, events, channel, ttl,
-- stopsLeading (1: the peer leads the call no more), and leaderLeftAt, which must be that of the room, and ends.
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
redis.call('HSET', peers, given.peerId, given.after)
redis.call('ZREM', indexBefore, given.memberBefore)
redis.call('ZADD', indexAfter, given.score, given.member)
for _, key in ipairs({ room, peers, indexAfter }) do redis.call('PEXPIRE', key, given.ttl) end
for _, event in ipairs(given.events) do redis.call('PUBLISH', given.channel, event) end
return 1
