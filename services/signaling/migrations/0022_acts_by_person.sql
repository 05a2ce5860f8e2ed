-- For the erasure of a person.
CREATE INDEX acts_by_doer ON rooms.acts (by_identity) WHERE by_identity IS NOT NULL;
CREATE INDEX acts_to_person ON rooms.acts (to_identity) WHERE to_identity IS NOT NULL;
