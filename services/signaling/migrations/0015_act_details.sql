-- The names of all settings that were changed at once.
ALTER TABLE rooms.acts DROP CONSTRAINT acts_detail_check;
ALTER TABLE rooms.acts ADD CONSTRAINT acts_detail_check CHECK (length(detail) <= 400);
