-- KEYS: room, peers of the room. Given: as `view` is given.
-- Replies with the room as one person has it. Its record is nil if there is no such room.
return view(KEYS[1], KEYS[2], cjson.decode(ARGV[1]))
