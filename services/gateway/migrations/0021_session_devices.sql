-- What the browser said at the log-in of itself and of the system it runs on, by the names of the products. NULL: nothing that we know, and from before this.
ALTER TABLE accounts.sessions
  ADD COLUMN browser  text CHECK (length(browser) <= 20),
  ADD COLUMN system   text CHECK (length(system) <= 20);
