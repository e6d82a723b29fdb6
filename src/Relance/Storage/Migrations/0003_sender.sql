-- Who writes for a shop (null: the section Sender of the settings), and what its own mails are.
ALTER TABLE shop ADD COLUMN sender TEXT;
ALTER TABLE shop ADD COLUMN logo_hash TEXT;
ALTER TABLE shop ADD COLUMN store_id TEXT NOT NULL DEFAULT '';
ALTER TABLE shop ADD COLUMN own_mails TEXT NOT NULL DEFAULT '';
ALTER TABLE shop ADD COLUMN speaks TEXT NOT NULL DEFAULT '';
ALTER TABLE shop ADD COLUMN allow_suspension BIGINT NOT NULL DEFAULT 0;
UPDATE shop SET allow_suspension = 1 WHERE test = 1;
UPDATE shop SET own_mails = 'customer_processing_order customer_processing_renewal_order' WHERE mails_paid_orders = 1;

CREATE TABLE logo (hash TEXT PRIMARY KEY, media_type TEXT NOT NULL, bytes {bytes} NOT NULL);
