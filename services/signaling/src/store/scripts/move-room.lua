-- Moves a room to another media node, if the room is still on the node `from`.
-- KEYS: room. Given: code, from, to, event.
-- Replies with the node of the room afterwards, or nil if there is no such room.
local given = cjson.decode(ARGV[1])

local node = redis.call('HGET', KEYS[1], 'node')
if node ~= given.from or given.from == given.to then return node end
redis.call('HSET', KEYS[1], 'node', given.to)
send(given.code, { given.event })
return given.to
