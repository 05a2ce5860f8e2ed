-- Files of the chat. The gateway has their bytes; a row stays until it has deleted them, so nothing refers to a room or a message.
CREATE TABLE rooms.chat_files (
  file_id     uuid PRIMARY KEY,
  room_code   text NOT NULL,
  peer_id     text NOT NULL,
  name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  size        integer NOT NULL CHECK (size > 0),
  offered_at  timestamptz NOT NULL DEFAULT now(),
  -- The pass of an upload is good once.
  begun_at    timestamptz,
  stored_at   timestamptz,
  media_type  text,
  -- The message that the file was sent with. The message itself may be gone.
  message_id  uuid,
  -- The gateway is deleting the bytes: no message may take the file any more.
  dead_at     timestamptz
);

CREATE INDEX chat_files_by_room ON rooms.chat_files (room_code, peer_id);
CREATE INDEX chat_files_unsent ON rooms.chat_files (offered_at) WHERE message_id IS NULL;

ALTER TABLE rooms.chat_messages ADD COLUMN file_id uuid;
CREATE UNIQUE INDEX chat_messages_by_file ON rooms.chat_messages (file_id) WHERE file_id IS NOT NULL;
