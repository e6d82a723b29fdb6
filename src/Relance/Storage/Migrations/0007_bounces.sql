-- Mails that came back to a return path: kept as they came (content), then read.
CREATE TABLE inbound_mail (
  id TEXT PRIMARY KEY, content_hash TEXT NOT NULL UNIQUE, received_at BIGINT NOT NULL, recipient TEXT,
  state TEXT NOT NULL CHECK (state IN ('new', 'done', 'unmatched')), kind TEXT, message_id TEXT REFERENCES message(id), outcome TEXT, status TEXT);
CREATE INDEX inbound_mail_new ON inbound_mail (received_at) WHERE state = 'new';
CREATE INDEX inbound_mail_message ON inbound_mail (message_id);

ALTER TABLE message ADD COLUMN bounced_at BIGINT;
ALTER TABLE message ADD COLUMN bounce_kind TEXT;
ALTER TABLE message ADD COLUMN bounce_status TEXT;
ALTER TABLE message ADD COLUMN bounce_answer TEXT;
CREATE INDEX message_bounced ON message (recipient_id, bounced_at) WHERE bounced_at IS NOT NULL;
