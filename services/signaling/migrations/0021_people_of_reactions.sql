-- The people behind the peers of the reactions, {"<peer id>": "account:<uuid>"}: a person who comes back as another peer takes back what they
-- reacted, and does not react twice. It lacks peers from before this whose attendance is gone, and people whose account was deleted. No client
-- sees these.
ALTER TABLE rooms.chat_messages ADD COLUMN reactors jsonb NOT NULL DEFAULT '{}';

-- For the erasure of a person.
CREATE INDEX chat_messages_by_reactor ON rooms.chat_messages USING gin (jsonb_path_query_array(reactors, '$.*'))
  WHERE reactors <> '{}';

UPDATE rooms.chat_messages message SET reactors = known.people
FROM (
  SELECT reacted.message_id, jsonb_object_agg(attended.peer_id, attended.identity) AS people
  FROM rooms.chat_messages reacted
    CROSS JOIN LATERAL jsonb_array_elements(reacted.reactions) AS reaction
    CROSS JOIN LATERAL jsonb_array_elements_text(reaction -> 'peerIds') AS peer (id)
    JOIN rooms.call_sessions attended ON attended.room_code = reacted.room_code AND attended.peer_id = peer.id
  WHERE reacted.reactions <> '[]' AND attended.identity IS NOT NULL
  GROUP BY reacted.message_id
) known
WHERE known.message_id = message.message_id;
