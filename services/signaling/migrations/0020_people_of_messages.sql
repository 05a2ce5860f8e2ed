-- The people at the ends of a message, `account:<uuid>` or `browser:<id>`: a person who comes back as another peer still owns what they wrote.
-- NULL from before this, for a message to everybody, and after the account was deleted. No client sees these.
ALTER TABLE rooms.chat_messages
  ADD COLUMN from_identity text CHECK (length(from_identity) <= 128),
  ADD COLUMN to_identity   text CHECK (length(to_identity) <= 128);

-- Repeating a send as another peer does not repeat the message either.
CREATE UNIQUE INDEX chat_messages_by_person ON rooms.chat_messages (from_identity, room_code, client_message_id)
  WHERE from_identity IS NOT NULL;
-- For the erasure of a person.
CREATE INDEX chat_messages_to_person ON rooms.chat_messages (to_identity) WHERE to_identity IS NOT NULL;
