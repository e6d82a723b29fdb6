-- What people decide: who paused, flagged, approved and answered what, and when.

ALTER TABLE pause ADD COLUMN who TEXT NOT NULL DEFAULT '';
ALTER TABLE pause ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;

-- Disputes and insolvency proceedings, of a contract or of a client with all its contracts.
CREATE TABLE flag (
  id TEXT PRIMARY KEY, scope TEXT NOT NULL CHECK (scope IN ('contract', 'client')), scope_id TEXT NOT NULL, flag TEXT NOT NULL CHECK (flag IN ('dispute', 'insolvent')),
  reason TEXT NOT NULL, who TEXT NOT NULL, created_at BIGINT NOT NULL,
  UNIQUE (scope, scope_id, flag));

ALTER TABLE task ADD COLUMN outcome TEXT;
ALTER TABLE task ADD COLUMN note TEXT;
ALTER TABLE task ADD COLUMN closed_by TEXT;
ALTER TABLE task ADD COLUMN closed_at BIGINT;
CREATE INDEX task_open ON task (due_on, id) WHERE state = 'open';
CREATE INDEX task_subject ON task (subject_id);

ALTER TABLE message ADD COLUMN approved_by TEXT;
ALTER TABLE message ADD COLUMN approved_at BIGINT;

-- What waits for an approval takes nobody's slot of the day until it is approved.
DROP INDEX message_daily_slot;
CREATE UNIQUE INDEX message_daily_slot ON message (recipient_id, channel, slot_on, mode) WHERE class = 'reminder' AND state <> 'void' AND (hold IS NULL OR hold <> 'approval');
CREATE INDEX message_held ON message (id) WHERE state = 'held';

-- A mail to the agency itself, once a day.
CREATE TABLE digest (
  day TEXT PRIMARY KEY, state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'empty', 'failed')), attempt BIGINT NOT NULL DEFAULT 0,
  lease_owner TEXT, lease_until BIGINT, retry_at BIGINT NOT NULL DEFAULT 0, handed_at BIGINT, answer TEXT, content_hash TEXT);
