-- Stands before every script that changes which media nodes the peers of a room are on, and before those that reply with a room.
-- Fields of a room: `nodes`, the number of its peers by media node, and `node`, the node that it took last, which lasts as long as the room.

local function read_nodes(room)
  return cjson.decode(redis.call('HGET', room, 'nodes') or '{}')
end

-- The room has peers on the node, or took it last.
local function is_on(room, node)
  return redis.call('HGET', room, 'node') == node or read_nodes(room)[node] ~= nil
end

-- from and to are nil for no node.
local function move_peer(room, from, to)
  if from == to then return end
  local nodes = read_nodes(room)
  if from then
    local left = (nodes[from] or 0) - 1
    nodes[from] = left > 0 and left or nil
  end
  if to then
    nodes[to] = (nodes[to] or 0) + 1
    redis.call('HSETNX', room, 'node', to)
  end
  redis.call('HSET', room, 'nodes', cjson.encode(nodes))
end

-- The fields of a room with which replies begin, in the order that stored-values.ts reads.
local function fields_of(room)
  return redis.call('HMGET', room, 'record', 'nodes', 'node', 'since', 'access', 'leaderLeftAt', 'roles', 'begun')
end
