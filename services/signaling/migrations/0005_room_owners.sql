-- Who owns a room: `account:<uuid>` or `browser:<id>`; NULL for a room from before there were owners.
ALTER TABLE rooms.rooms ADD COLUMN owner_identity text CHECK (length(owner_identity) <= 128);
-- RoomSettings of the contract. What a row lacks has its default.
ALTER TABLE rooms.rooms ADD COLUMN settings jsonb NOT NULL DEFAULT '{}';
ALTER TABLE rooms.rooms ADD COLUMN passcode_hash text;
-- Grows with each change of title, settings, owner or bans, so that an older change never replaces a newer one.
ALTER TABLE rooms.rooms ADD COLUMN revision integer NOT NULL DEFAULT 1;

CREATE INDEX rooms_by_owner ON rooms.rooms (owner_identity, created_at DESC) WHERE owner_identity IS NOT NULL;
