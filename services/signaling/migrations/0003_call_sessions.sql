-- Who was in which room from when to when.
CREATE TABLE rooms.call_sessions (
  session_id    uuid PRIMARY KEY,
  room_code     text NOT NULL REFERENCES rooms.rooms (code) ON DELETE CASCADE,
  peer_id       text NOT NULL,
  display_name  text NOT NULL,
  joined_at     timestamptz NOT NULL,
  -- Renewed while the person is in the call; what is left of a crash ends here.
  last_seen_at  timestamptz NOT NULL,
  left_at       timestamptz,
  leave_reason  text
);

CREATE INDEX call_sessions_by_room ON rooms.call_sessions (room_code, joined_at DESC);
CREATE INDEX call_sessions_open ON rooms.call_sessions (last_seen_at) WHERE left_at IS NULL;
