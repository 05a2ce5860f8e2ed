-- Stands before every script that replies with a room as one person has it, or changes whose peers are in it.

-- The field of a room with the ids of the peers of a person, each after a comma.
local function field_of(person)
  return 'person:' .. person
end

-- person is nil for somebody whom nobody knows.
local function add_person(room, person, peerId)
  if not person then return end
  local ids = redis.call('HGET', room, field_of(person)) or ''
  redis.call('HSET', room, field_of(person), ids .. ',' .. peerId)
end

local function remove_person(room, person, peerId)
  if not person then return end
  local kept = ''
  for id in string.gmatch(redis.call('HGET', room, field_of(person)) or '', '[^,]+') do
    if id ~= peerId then kept = kept .. ',' .. id end
  end
  if kept == '' then
    redis.call('HDEL', room, field_of(person))
  else
    redis.call('HSET', room, field_of(person), kept)
  end
end

-- Given: person, peerId and network, each or none. Returns the fields of the room, the number of its peers of the network and of
-- all, and the peers of the person and the one with this id.
local function view(room, peers, given)
  local ids = {}
  if given.peerId then ids[given.peerId] = true end
  if given.person then
    for id in string.gmatch(redis.call('HGET', room, field_of(given.person)) or '', '[^,]+') do ids[id] = true end
  end
  local own = {}
  for id in pairs(ids) do
    local peer = redis.call('HGET', peers, id)
    if peer then own[#own + 1] = peer end
  end
  local of_network = redis.call('HGET', room, 'network:' .. (given.network or ''))
  return { fields_of(room), of_network, redis.call('HLEN', peers), own }
end
