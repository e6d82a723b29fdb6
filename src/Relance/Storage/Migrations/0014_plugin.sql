-- The plugin in a shop: which version is there ('' where it does not say), and how far its contracts were read. When the shop was last read at all.
ALTER TABLE shop ADD COLUMN plugin_version TEXT;
ALTER TABLE shop ADD COLUMN plugin_cursor_at BIGINT;
ALTER TABLE shop ADD COLUMN synced_at BIGINT;

-- Codes that link a shop or a maintained site. Stored as a hash, valid for minutes of real time, spent by the link they made.
CREATE TABLE link_code (
  hash TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('shop', 'site')), contract_id TEXT REFERENCES contract(id),
  test BIGINT NOT NULL DEFAULT 0, allow_private BIGINT NOT NULL DEFAULT 0, allow_invalid_certificate BIGINT NOT NULL DEFAULT 0,
  who TEXT NOT NULL, expires_at BIGINT NOT NULL, spent_at BIGINT);

-- A signed call counts once.
CREATE TABLE call_nonce (caller TEXT NOT NULL, nonce TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (caller, nonce));
CREATE INDEX call_nonce_age ON call_nonce (at);

-- The site that a contract maintains, where the plugin runs on it.
CREATE TABLE site (
  id TEXT PRIMARY KEY, contract_id TEXT NOT NULL UNIQUE REFERENCES contract(id), url TEXT NOT NULL, secret TEXT NOT NULL, linked_at BIGINT NOT NULL, seen_at BIGINT);

-- The number of a status: the plugin keeps the highest.
ALTER TABLE postback ADD COLUMN rev BIGINT NOT NULL DEFAULT 0;
