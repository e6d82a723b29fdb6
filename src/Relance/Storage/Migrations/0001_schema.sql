-- Instants: BIGINT milliseconds UTC. Dates: TEXT yyyy-MM-dd. Ids: TEXT UUIDv7. Money: BIGINT minor units. Booleans: BIGINT 0/1.
-- {bytes} is BLOB on SQLite, BYTEA on PostgreSQL.

CREATE TABLE instance (key TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE shop (
  id TEXT PRIMARY KEY, url TEXT NOT NULL UNIQUE, name TEXT NOT NULL, tz TEXT NOT NULL, currency TEXT NOT NULL,
  mode TEXT NOT NULL CHECK (mode IN ('dry', 'redirect', 'live')), test BIGINT NOT NULL,
  allow_private BIGINT NOT NULL, allow_invalid_certificate BIGINT NOT NULL, auth TEXT NOT NULL,
  key_secret TEXT NOT NULL, webhook_secret TEXT NOT NULL,
  has_subscriptions BIGINT NOT NULL, mails_paid_orders BIGINT NOT NULL,
  baseline_on TEXT NOT NULL, cursor_at BIGINT, planned_on TEXT, clock_skew_ms BIGINT NOT NULL DEFAULT 0,
  site_mismatch BIGINT NOT NULL DEFAULT 0, unreachable_since BIGINT, created_at BIGINT NOT NULL);

CREATE TABLE recipient (
  id TEXT PRIMARY KEY, address_key TEXT NOT NULL UNIQUE, opted_out BIGINT NOT NULL DEFAULT 0, refused_at BIGINT, refused_answer TEXT);

CREATE TABLE client (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL REFERENCES shop(id), external_key TEXT NOT NULL, recipient_id TEXT REFERENCES recipient(id),
  kind TEXT NOT NULL, locale TEXT NOT NULL, name TEXT NOT NULL, email TEXT, source_at BIGINT NOT NULL,
  UNIQUE (shop_id, external_key));

CREATE TABLE contract (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL REFERENCES shop(id), source TEXT NOT NULL, external_key TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES client(id), data TEXT NOT NULL, standing TEXT NOT NULL, source_at BIGINT NOT NULL, rev BIGINT NOT NULL DEFAULT 0,
  UNIQUE (shop_id, source, external_key));
CREATE INDEX contract_client ON contract (client_id);

-- Orders that open, renew or could renew a contract.
CREATE TABLE invoice (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL REFERENCES shop(id), external_id TEXT NOT NULL, client_id TEXT REFERENCES client(id),
  contract_id TEXT REFERENCES contract(id), term_no BIGINT, role TEXT NOT NULL, number TEXT NOT NULL, created_via TEXT NOT NULL,
  total BIGINT NOT NULL, paid BIGINT NOT NULL, currency TEXT NOT NULL, due_on TEXT, status TEXT NOT NULL, pay_url TEXT, payment_method TEXT NOT NULL,
  created_at BIGINT NOT NULL, source_at BIGINT NOT NULL, rev BIGINT NOT NULL DEFAULT 0,
  UNIQUE (shop_id, external_id));
CREATE INDEX invoice_contract ON invoice (contract_id);

CREATE TABLE cycle (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL REFERENCES shop(id), kind TEXT NOT NULL, subject_id TEXT NOT NULL, term_no BIGINT NOT NULL,
  anchor_on TEXT NOT NULL, sequence TEXT NOT NULL, state TEXT NOT NULL, waiting TEXT, next_step TEXT, next_at BIGINT, rev BIGINT NOT NULL DEFAULT 0,
  UNIQUE (kind, subject_id, term_no));
CREATE UNIQUE INDEX cycle_one_open ON cycle (kind, subject_id) WHERE state = 'open';
CREATE INDEX cycle_due ON cycle (next_at) WHERE state = 'open';

CREATE TABLE message (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL REFERENCES shop(id), recipient_id TEXT NOT NULL REFERENCES recipient(id), channel TEXT NOT NULL,
  class TEXT NOT NULL, mode TEXT NOT NULL, slot_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('held', 'due', 'sending', 'sent', 'unknown', 'failed', 'void')),
  hold TEXT, reason TEXT, rank BIGINT NOT NULL, not_before BIGINT NOT NULL, expires_at BIGINT NOT NULL, retry_at BIGINT NOT NULL DEFAULT 0,
  attempt BIGINT NOT NULL DEFAULT 0, lease_owner TEXT, lease_until BIGINT, content_hash TEXT, created_at BIGINT NOT NULL);
CREATE UNIQUE INDEX message_daily_slot ON message (recipient_id, channel, slot_on, mode) WHERE class = 'reminder' AND state <> 'void';
CREATE INDEX message_due ON message (not_before) WHERE state = 'due';
CREATE INDEX message_lease ON message (lease_until) WHERE state = 'sending';
CREATE INDEX message_day ON message (shop_id, slot_on);

CREATE TABLE reminder (
  id TEXT PRIMARY KEY, cycle_id TEXT NOT NULL REFERENCES cycle(id), step TEXT NOT NULL, channel TEXT NOT NULL, mode TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sent', 'skipped', 'failed')), reason TEXT, valid_until_on TEXT NOT NULL, decided_on TEXT NOT NULL,
  message_id TEXT REFERENCES message(id),
  UNIQUE (cycle_id, step, channel, mode));
CREATE INDEX reminder_message ON reminder (message_id);

CREATE TABLE attempt (
  message_id TEXT NOT NULL REFERENCES message(id), n BIGINT NOT NULL, started_at BIGINT NOT NULL, handed_at BIGINT, finished_at BIGINT, outcome TEXT, answer TEXT,
  PRIMARY KEY (message_id, n));

CREATE TABLE content (hash TEXT PRIMARY KEY, bytes {bytes} NOT NULL, erased_at BIGINT);

CREATE TABLE journal (
  shop_id TEXT NOT NULL REFERENCES shop(id), seq BIGINT NOT NULL, at BIGINT NOT NULL, kind TEXT NOT NULL, subject_id TEXT NOT NULL, entry TEXT NOT NULL,
  content_hash TEXT, prev_hash TEXT NOT NULL, hash TEXT NOT NULL,
  PRIMARY KEY (shop_id, seq));
CREATE INDEX journal_subject ON journal (subject_id);
CREATE TABLE journal_head (shop_id TEXT PRIMARY KEY REFERENCES shop(id), seq BIGINT NOT NULL, hash TEXT NOT NULL);

CREATE TABLE inbox (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL REFERENCES shop(id), topic TEXT NOT NULL, resource_key TEXT NOT NULL, body_hash TEXT NOT NULL, body {bytes} NOT NULL,
  received_at BIGINT NOT NULL, state TEXT NOT NULL CHECK (state IN ('new', 'taken', 'done', 'failed')), lease_until BIGINT, error TEXT);
CREATE UNIQUE INDEX inbox_new ON inbox (shop_id, topic, resource_key, body_hash) WHERE state = 'new';
CREATE INDEX inbox_lease ON inbox (shop_id, lease_until) WHERE state = 'taken';

CREATE TABLE postback (
  id TEXT PRIMARY KEY, shop_id TEXT NOT NULL REFERENCES shop(id), subject_id TEXT NOT NULL, seq BIGINT NOT NULL, op TEXT NOT NULL, target TEXT NOT NULL,
  dedup_key TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL, attempt BIGINT NOT NULL DEFAULT 0, retry_at BIGINT NOT NULL DEFAULT 0,
  lease_owner TEXT, lease_until BIGINT, error TEXT,
  UNIQUE (shop_id, dedup_key), UNIQUE (subject_id, seq));
CREATE INDEX postback_due ON postback (retry_at) WHERE state = 'due';

CREATE TABLE pause (id TEXT PRIMARY KEY, scope TEXT NOT NULL, scope_id TEXT NOT NULL, until_on TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (scope, scope_id));

CREATE TABLE task (
  id TEXT PRIMARY KEY, dedup_key TEXT NOT NULL UNIQUE, shop_id TEXT, kind TEXT NOT NULL, subject_id TEXT NOT NULL, due_on TEXT NOT NULL,
  state TEXT NOT NULL, data TEXT NOT NULL, created_at BIGINT NOT NULL);

CREATE TABLE access_key (hash TEXT PRIMARY KEY, name TEXT NOT NULL, scope TEXT NOT NULL, created_at BIGINT NOT NULL);
