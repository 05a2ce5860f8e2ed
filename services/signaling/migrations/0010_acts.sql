-- What somebody who leads a room did to a person or to the room, for its owner.
CREATE TABLE rooms.acts (
  act_id        uuid PRIMARY KEY,
  room_code     text NOT NULL REFERENCES rooms.rooms (code) ON DELETE CASCADE,
  kind          text NOT NULL CHECK (length(kind) <= 40),
  -- NULL: the rules of the room did it.
  by_peer_id    text,
  by_name       text,
  by_identity   text,
  -- NULL: it concerns the whole room.
  to_peer_id    text,
  to_name       text,
  to_identity   text,
  -- The source that was stopped, or the new role.
  detail        text CHECK (length(detail) <= 40),
  done_at       timestamptz NOT NULL
);

CREATE INDEX acts_by_room ON rooms.acts (room_code, done_at DESC);
-- For the end of old acts.
CREATE INDEX acts_by_time ON rooms.acts (done_at);
