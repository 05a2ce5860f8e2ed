CREATE TABLE rooms.chat_messages (
  -- The order of the messages of a room, and what pages are cut by.
  seq                bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message_id         uuid NOT NULL UNIQUE,
  room_code          text NOT NULL REFERENCES rooms.rooms (code) ON DELETE CASCADE,
  client_message_id  uuid NOT NULL,
  from_peer_id       text NOT NULL,
  from_name          text NOT NULL,
  -- NULL: to everybody. Otherwise only the two of them may read it.
  to_peer_id         text,
  to_name            text,
  body               text NOT NULL CHECK (length(body) BETWEEN 1 AND 2000),
  sent_at            timestamptz NOT NULL DEFAULT now(),
  -- Repeating a send does not repeat the message.
  UNIQUE (room_code, from_peer_id, client_message_id)
);

CREATE INDEX chat_messages_by_room ON rooms.chat_messages (room_code, seq DESC);
