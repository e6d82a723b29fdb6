-- An access key is found by its public id and compared by its hash; the key itself is stored nowhere. Instants are real time.
ALTER TABLE access_key ADD COLUMN id TEXT;
ALTER TABLE access_key ADD COLUMN expires_at BIGINT;
ALTER TABLE access_key ADD COLUMN used_at BIGINT;
ALTER TABLE access_key ADD COLUMN revoked_at BIGINT;
CREATE UNIQUE INDEX access_key_id ON access_key (id);

-- One act asked for under an Idempotency-Key: claimed before it is done, its answer (encrypted) kept for a day.
CREATE TABLE idempotency (
  access_key TEXT NOT NULL, idempotency_key TEXT NOT NULL, fingerprint TEXT NOT NULL, claimed_at BIGINT NOT NULL,
  status BIGINT, content_type TEXT, location TEXT, body TEXT,
  PRIMARY KEY (access_key, idempotency_key));
CREATE INDEX idempotency_age ON idempotency (claimed_at);
