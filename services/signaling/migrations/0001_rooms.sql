CREATE TABLE rooms.rooms (
  code        text PRIMARY KEY CHECK (length(code) BETWEEN 1 AND 32),
  title       text NOT NULL CHECK (length(title) <= 120),
  created_at  timestamptz NOT NULL DEFAULT now()
);
