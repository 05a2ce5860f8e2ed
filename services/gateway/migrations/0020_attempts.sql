-- Token buckets of attempts to log in and of mails, which all gateways share. The keys are hashes. A crash of the database may empty it.
CREATE UNLOGGED TABLE accounts.attempts (
  key          text PRIMARY KEY,
  tokens       double precision NOT NULL,
  burst        double precision NOT NULL,
  per_second   double precision NOT NULL,
  refilled_at  timestamptz NOT NULL
);
