-- Sends an event without storing anything. KEYS: instances that serve the room. Given: code, event.
local given = cjson.decode(ARGV[1])
send(given.code, { given.event })
return 1
