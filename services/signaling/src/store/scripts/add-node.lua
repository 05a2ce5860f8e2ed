-- Adds a media node to those of a room, unless the room is by now on one that is not known.
-- KEYS: room. Given: node, known (nodes).
-- Replies with the fields `nodes` and `node` afterwards, or nil if there is no such room.
local given = cjson.decode(ARGV[1])
local room = KEYS[1]

if redis.call('HEXISTS', room, 'record') == 0 then return nil end
local known = {}
for _, node in ipairs(given.known) do known[node] = true end
local last = redis.call('HGET', room, 'node')
local is_known = not last or known[last] == true
for node in pairs(read_nodes(room)) do is_known = is_known and known[node] == true end
if is_known then redis.call('HSET', room, 'node', given.node) end
return redis.call('HMGET', room, 'nodes', 'node')
