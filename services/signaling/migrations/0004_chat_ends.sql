-- When the people of the room cleared its chat. What is older is shown to nobody, even if it was stored a moment later.
ALTER TABLE rooms.rooms ADD COLUMN chat_cleared_at timestamptz;

-- For the end of old messages.
CREATE INDEX chat_messages_by_time ON rooms.chat_messages (sent_at);
