CREATE TABLE accounts.accounts (
  account_id     uuid PRIMARY KEY,
  -- In small letters.
  email          text NOT NULL UNIQUE,
  display_name   text NOT NULL,
  -- Whether a mail or a provider has shown that the address is theirs.
  email_verified boolean NOT NULL,
  -- argon2id; null for an account that logs in through a provider only.
  password_hash  text,
  is_operator    boolean NOT NULL DEFAULT false,
  blocked_at     timestamptz,
  created_at     timestamptz NOT NULL
);

-- Accounts that a provider of OpenID Connect knows.
CREATE TABLE accounts.provider_logins (
  issuer      text NOT NULL,
  subject     text NOT NULL,
  account_id  uuid NOT NULL REFERENCES accounts.accounts (account_id) ON DELETE CASCADE,
  PRIMARY KEY (issuer, subject)
);

CREATE INDEX provider_logins_by_account ON accounts.provider_logins (account_id);

-- One log-in of one browser.
CREATE TABLE accounts.sessions (
  session_id    uuid PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES accounts.accounts (account_id) ON DELETE CASCADE,
  started_at    timestamptz NOT NULL,
  last_used_at  timestamptz NOT NULL,
  -- The session ends then, however often it is used.
  ends_at       timestamptz NOT NULL
);

CREATE INDEX sessions_by_account ON accounts.sessions (account_id);
CREATE INDEX sessions_by_use ON accounts.sessions (last_used_at);

-- All refresh tokens of the sessions, also those that were used: one that comes again shows that somebody has a copy.
CREATE TABLE accounts.refresh_tokens (
  token_hash  bytea PRIMARY KEY,
  session_id  uuid NOT NULL REFERENCES accounts.sessions (session_id) ON DELETE CASCADE,
  issued_at   timestamptz NOT NULL,
  used_at     timestamptz
);

CREATE INDEX refresh_tokens_by_session ON accounts.refresh_tokens (session_id);

-- What the links of mails and invitations are good for. A link is deleted when it is used.
CREATE TABLE accounts.links (
  token_hash     bytea PRIMARY KEY,
  kind           text NOT NULL CHECK (kind IN ('confirmation', 'invitation', 'reset')),
  expires_at     timestamptz NOT NULL,
  -- Of a reset.
  account_id     uuid REFERENCES accounts.accounts (account_id) ON DELETE CASCADE,
  -- Of a confirmation, and of an invitation for one address.
  email          text,
  -- Of a confirmation.
  display_name   text,
  password_hash  text
);

CREATE INDEX links_by_end ON accounts.links (expires_at);

CREATE TABLE accounts.blocked_networks (
  block_id    uuid PRIMARY KEY,
  network     text NOT NULL UNIQUE,
  note        text NOT NULL,
  blocked_at  timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL
);

-- Keys of access tokens. The private part is sealed with a key that is not in the database.
CREATE TABLE accounts.signing_keys (
  key_id          text PRIMARY KEY,
  public_key      jsonb NOT NULL,
  sealed_private  bytea NOT NULL,
  created_at      timestamptz NOT NULL,
  -- Signs nothing from then on. Its tokens live for minutes.
  retired_at      timestamptz
);
