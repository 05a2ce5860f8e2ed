-- What happens to a message after it was sent.
ALTER TABLE rooms.chat_messages
  ADD COLUMN version     integer NOT NULL DEFAULT 1,
  ADD COLUMN changed_at  timestamptz,
  ADD COLUMN edited_at   timestamptz,
  -- Of a deleted message the text is empty, and the row stays as its mark.
  ADD COLUMN deleted_at  timestamptz,
  ADD COLUMN deleted_by  text CHECK (deleted_by IN ('sender', 'host')),
  -- Not a foreign key: a reply outlives the message that it replies to.
  ADD COLUMN reply_to    uuid,
  -- [{"emoji": "👍", "peerIds": ["..."]}], in the order of the first of each.
  ADD COLUMN reactions   jsonb NOT NULL DEFAULT '[]',
  DROP CONSTRAINT chat_messages_body_check,
  ADD CONSTRAINT chat_messages_body_check CHECK (length(body) <= 2000);

-- For clients and instances that missed changes.
CREATE INDEX chat_messages_changed ON rooms.chat_messages (room_code, changed_at) WHERE changed_at IS NOT NULL;
