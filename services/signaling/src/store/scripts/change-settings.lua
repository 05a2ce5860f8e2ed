-- Replaces the record of a room and what its door decides by, unless the room has this revision of both or a higher one.
-- KEYS: room. Given: code, record, access, revision, event.
-- Replies with 1 if the room was changed, otherwise with 0.
local given = cjson.decode(ARGV[1])

if redis.call('HEXISTS', KEYS[1], 'record') == 0 then return 0 end
local revision = tonumber(redis.call('HGET', KEYS[1], 'revision') or 0)
local isWhole = redis.call('HEXISTS', KEYS[1], 'access') == 1
if revision > given.revision or (revision == given.revision and isWhole) then return 0 end
redis.call('HSET', KEYS[1], 'record', given.record, 'access', given.access, 'revision', given.revision)
send(given.code, { given.event })
return 1
