-- People who may open the pages. No password until a set-up link was used.
CREATE TABLE account (
  id TEXT PRIMARY KEY, email_key TEXT NOT NULL UNIQUE, email TEXT NOT NULL, name TEXT NOT NULL, password_hash TEXT, created_at BIGINT NOT NULL);

-- Links, sessions and known devices are random tokens of 256 bits, stored as SHA-256: what lies here opens nothing.
-- A link without an account makes the first one.
CREATE TABLE account_link (hash TEXT PRIMARY KEY, account_id TEXT REFERENCES account(id), expires_at BIGINT NOT NULL);
CREATE TABLE account_session (
  hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account(id), created_at BIGINT NOT NULL, seen_at BIGINT NOT NULL);
CREATE INDEX account_session_account ON account_session (account_id);
CREATE TABLE account_device (hash TEXT PRIMARY KEY, account_id TEXT NOT NULL REFERENCES account(id), created_at BIGINT NOT NULL);
CREATE INDEX account_device_account ON account_device (account_id);

-- Wrong passwords, counted by bucket: an address, an e-mail tried from unknown devices, or a known device.
CREATE TABLE sign_in_failure (bucket TEXT PRIMARY KEY, failures BIGINT NOT NULL, last_at BIGINT NOT NULL);
