-- Whether people who are not in a room yet see who is in it. Not part of `settings`: services of an older version refuse a setting that they do not know.
ALTER TABLE rooms.rooms ADD COLUMN names_before_join boolean NOT NULL DEFAULT false;
