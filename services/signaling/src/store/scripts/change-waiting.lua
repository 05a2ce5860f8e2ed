-- Replaces the waiting list of a room, unless somebody else has changed it since it was read.
-- KEYS: waiting list, rooms with a waiting list.
-- Given: code, before and after (the stored texts, empty for no list), score in the index, channel, event, ttl.
-- Replies with 1, or with 0 if the stored list is not `before`.
local given = cjson.decode(ARGV[1])
local list, rooms = unpack(KEYS)

if (redis.call('GET', list) or '') ~= given.before then return 0 end
if given.after == '' then
  redis.call('DEL', list)
  redis.call('ZREM', rooms, given.code)
else
  redis.call('SET', list, given.after, 'PX', given.ttl)
  redis.call('ZADD', rooms, string.format('%.0f', given.score), given.code)
  redis.call('PEXPIRE', rooms, given.ttl)
end
redis.call('PUBLISH', given.channel, given.event)
return 1
