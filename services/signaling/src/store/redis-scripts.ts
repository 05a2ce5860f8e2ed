import type { RedisScript } from '@parley/common/redis';

/*
 * What must not be interrupted. Values are opaque here: they are made and read by stored-values.ts, and compared as
 * texts. Events are published by the script that stores what they tell, so that they come in the order of the changes.
 */

/** The one clock that instances share. */
const NOW = `
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
`;

/**
 * Replies with `departed`, `already_joined`, `room_full`, or the room as it is afterwards. KEYS: room, peers, departed,
 * rooms, index. ARGV: code, peer id, peer, room record, node, limit, index score and member, event, channel, TTL, when
 * the peer joined.
 */
export const ADD_PEER: RedisScript = {
  name: 'parleyAddPeer',
  keys: 5,
  lua: `${NOW}
local departed = redis.call('GET', KEYS[3])
if departed and departed ~= 'failed' then return 'departed' end
if redis.call('HEXISTS', KEYS[2], ARGV[2]) == 1 then return 'already_joined' end
if redis.call('HLEN', KEYS[2]) >= tonumber(ARGV[6]) then return 'room_full' end
local node = redis.call('HGET', KEYS[1], 'node')
if node and node ~= ARGV[5] then
  return { redis.call('HGET', KEYS[1], 'record'), node, redis.call('HGETALL', KEYS[2]) }
end
redis.call('HSETNX', KEYS[1], 'record', ARGV[4])
if redis.call('HSETNX', KEYS[1], 'node', ARGV[5]) == 1 then redis.call('HSET', KEYS[1], 'since', ARGV[12]) end
local order = redis.call('HINCRBY', KEYS[1], 'order', 1)
redis.call('HSET', KEYS[2], ARGV[2], order .. ':' .. ARGV[3])
redis.call('DEL', KEYS[3])
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('ZADD', KEYS[5], ARGV[7], ARGV[8])
for _, i in ipairs({1, 2, 4, 5}) do redis.call('PEXPIRE', KEYS[i], ARGV[11]) end
redis.call('PUBLISH', ARGV[10], ARGV[9])
return { redis.call('HGET', KEYS[1], 'record'), ARGV[5], redis.call('HGETALL', KEYS[2]) }
`,
};

/**
 * Replies with 1, or 0 when the peer is not as it was read. KEYS: room, peers, index before, index after. ARGV: peer
 * id, stored before, stored after, member before, score and member after, channel, TTL, and the events.
 */
export const CHANGE_PEER: RedisScript = {
  name: 'parleyChangePeer',
  keys: 4,
  lua: `
if redis.call('HGET', KEYS[2], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
redis.call('ZREM', KEYS[3], ARGV[4])
redis.call('ZADD', KEYS[4], ARGV[5], ARGV[6])
for _, i in ipairs({1, 2, 4}) do redis.call('PEXPIRE', KEYS[i], ARGV[8]) end
for i = 9, #ARGV do redis.call('PUBLISH', ARGV[7], ARGV[i]) end
return 1
`,
};

/**
 * Replies with 1, or 0 when the peer is not as it was read. The last peer takes the room with it. KEYS: room, peers,
 * departed, rooms, index. ARGV: code, peer id, stored before, index member, reason, how long it is remembered,
 * channel, event.
 */
export const REMOVE_PEER: RedisScript = {
  name: 'parleyRemovePeer',
  keys: 5,
  lua: `
if redis.call('HGET', KEYS[2], ARGV[2]) ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[2])
redis.call('ZREM', KEYS[5], ARGV[4])
redis.call('SET', KEYS[3], ARGV[5], 'PX', ARGV[6])
if redis.call('HLEN', KEYS[2]) == 0 then
  redis.call('DEL', KEYS[1], KEYS[2])
  redis.call('ZREM', KEYS[4], ARGV[1])
end
redis.call('PUBLISH', ARGV[7], ARGV[8])
return 1
`,
};

/**
 * Replies with `departed`, `restored`, or what is stored of the peer. KEYS and ARGV as of ADD_PEER, without the limit;
 * when the peer joined is empty for one without media there, and after it comes the event of the room's move. A room
 * whose first peer joined after this one was placed by somebody who did not know of the call, and the call's node wins:
 * once, so that two nodes never take turns.
 */
export const RESTORE_PEER: RedisScript = {
  name: 'parleyRestorePeer',
  keys: 5,
  lua: `${NOW}
local present = redis.call('HGET', KEYS[2], ARGV[2])
if present then return present end
if redis.call('EXISTS', KEYS[3]) == 1 then return 'departed' end
redis.call('HSETNX', KEYS[1], 'record', ARGV[4])
local node = redis.call('HGET', KEYS[1], 'node')
local since = redis.call('HGET', KEYS[1], 'since')
if not node then
  redis.call('HSET', KEYS[1], 'node', ARGV[5])
elseif since and ARGV[11] ~= '' and tonumber(ARGV[11]) < tonumber(since) then
  redis.call('HSET', KEYS[1], 'node', ARGV[5])
  redis.call('HDEL', KEYS[1], 'since')
  if node ~= ARGV[5] then redis.call('PUBLISH', ARGV[9], ARGV[12]) end
end
local order = redis.call('HINCRBY', KEYS[1], 'order', 1)
redis.call('HSET', KEYS[2], ARGV[2], order .. ':' .. ARGV[3])
redis.call('ZADD', KEYS[4], now, ARGV[1])
redis.call('ZADD', KEYS[5], ARGV[6], ARGV[7])
for _, i in ipairs({1, 2, 4, 5}) do redis.call('PEXPIRE', KEYS[i], ARGV[10]) end
redis.call('PUBLISH', ARGV[9], ARGV[8])
return 'restored'
`,
};

/** Replies with the node the room is on, or nil. KEYS: room. ARGV: from, to, channel, event. */
export const MOVE_ROOM: RedisScript = {
  name: 'parleyMoveRoom',
  keys: 1,
  lua: `
local node = redis.call('HGET', KEYS[1], 'node')
if node ~= ARGV[1] or ARGV[1] == ARGV[2] then return node end
redis.call('HSET', KEYS[1], 'node', ARGV[2])
redis.call('PUBLISH', ARGV[3], ARGV[4])
return ARGV[2]
`,
};

/** Replies with the room's record, node and peers; the record is nil when there is no such room. KEYS: room, peers. */
export const READ_ROOM: RedisScript = {
  name: 'parleyReadRoom',
  keys: 2,
  lua: `
return { redis.call('HGET', KEYS[1], 'record'), redis.call('HGET', KEYS[1], 'node'), redis.call('HGETALL', KEYS[2]) }
`,
};

/**
 * Says that this instance lives. Replies with 1 when others did not know that it does: it was not there, or stood still for
 * so long that it was taken for dead. KEYS: instances, held. ARGV: instance, TTL, how long that is.
 */
export const BEAT: RedisScript = {
  name: 'parleyBeat',
  keys: 2,
  lua: `${NOW}
local last = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[2])
if last and now - tonumber(last) <= tonumber(ARGV[3]) then return 0 end
return 1
`,
};

/** Somebody of the room is here. KEYS: room, peers, rooms. ARGV: code, TTL. */
export const REFRESH_ROOM: RedisScript = {
  name: 'parleyRefreshRoom',
  keys: 3,
  lua: `${NOW}
if redis.call('PEXPIRE', KEYS[1], ARGV[2]) == 0 then return 0 end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
redis.call('ZADD', KEYS[3], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', string.format('%.0f', now - ARGV[2]))
return redis.call('PEXPIRE', KEYS[3], ARGV[2])
`,
};

/** Replies with the instances whose last heartbeat is older than ARGV[1] milliseconds. KEYS: instances. */
export const DEAD_INSTANCES: RedisScript = {
  name: 'parleyDeadInstances',
  keys: 1,
  lua: `${NOW}
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - ARGV[1]))
`,
};
