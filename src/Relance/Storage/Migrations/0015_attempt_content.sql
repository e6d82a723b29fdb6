-- The bytes of each attempt. One that was not accepted is in no journal entry: retention and erasure find its bytes here.
ALTER TABLE attempt ADD COLUMN content_hash TEXT;
