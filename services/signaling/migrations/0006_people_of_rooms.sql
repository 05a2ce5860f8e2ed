-- A keyed hash of the network that a room was made from: for the bound of rooms of guests, who may take another identity at any time.
ALTER TABLE rooms.rooms ADD COLUMN created_from text CHECK (length(created_from) <= 64);
-- When somebody last came into the room or changed it. A room that nobody uses ends.
ALTER TABLE rooms.rooms ADD COLUMN last_used_at timestamptz NOT NULL DEFAULT now();
UPDATE rooms.rooms SET last_used_at = greatest(created_at,
  (SELECT max(last_seen_at) FROM rooms.call_sessions WHERE room_code = code));

CREATE INDEX rooms_by_use ON rooms.rooms (last_used_at);
CREATE INDEX rooms_by_network ON rooms.rooms (created_from) WHERE created_from IS NOT NULL;

-- `account:<uuid>` or `browser:<id>`; NULL from before there were identities, and after the account was deleted.
ALTER TABLE rooms.call_sessions ADD COLUMN identity text CHECK (length(identity) <= 128);

CREATE INDEX call_sessions_by_identity ON rooms.call_sessions (identity, joined_at DESC) WHERE identity IS NOT NULL;
CREATE INDEX call_sessions_by_end ON rooms.call_sessions (left_at) WHERE left_at IS NOT NULL;

-- People who may not come into a room.
CREATE TABLE rooms.bans (
  ban_id        uuid PRIMARY KEY,
  room_code     text NOT NULL REFERENCES rooms.rooms (code) ON DELETE CASCADE,
  identity      text NOT NULL CHECK (length(identity) <= 128),
  -- Of a guest: keeps other guests of that network out too, because a guest takes another identity at any time.
  address_hash  text CHECK (length(address_hash) <= 64),
  display_name  text NOT NULL CHECK (length(display_name) <= 64),
  banned_by     text NOT NULL CHECK (length(banned_by) <= 64),
  banned_at     timestamptz NOT NULL,
  -- NULL: until somebody lifts it.
  ends_at       timestamptz,
  UNIQUE (room_code, identity)
);

CREATE INDEX bans_by_end ON rooms.bans (ends_at) WHERE ends_at IS NOT NULL;
