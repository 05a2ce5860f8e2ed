-- Replaces the waiting list of a room, unless somebody else has changed it since it was read.
-- KEYS: waiting list, rooms with a waiting list.
-- Given: code, before (the stored text, empty for no list), after (the text to store), isEmpty (1 or 0), score in the index,
-- event, ttl of the list and of the index.
-- Replies with 1, or with 0 if the stored list is not `before`.
local given = cjson.decode(ARGV[1])
local list, rooms = unpack(KEYS)

if (redis.call('GET', list) or '') ~= given.before then return 0 end
redis.call('SET', list, given.after, 'PX', given.ttl)
if given.isEmpty == 1 then
  redis.call('ZREM', rooms, given.code)
else
  redis.call('ZADD', rooms, string.format('%.0f', given.score), given.code)
  redis.call('PEXPIRE', rooms, given.roomsTtl)
end
send(given.code, { given.event })
return 1
