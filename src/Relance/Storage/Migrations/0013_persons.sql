-- Persons who are forgotten, and until when the evidence of their contracts is kept; time-stamps over the journal.
ALTER TABLE client ADD COLUMN erased_at BIGINT;

-- Addresses that must not come back by themselves: salted hashes, since the addresses are erased.
CREATE TABLE erased_address (hash TEXT PRIMARY KEY, erased_at BIGINT NOT NULL);

-- Evidence of an erased client's contract: erased as well once the limitation period is over.
CREATE TABLE kept_evidence (
  contract_id TEXT PRIMARY KEY REFERENCES contract(id), client_id TEXT NOT NULL REFERENCES client(id), until_on TEXT NOT NULL, done_at BIGINT);
CREATE INDEX kept_evidence_due ON kept_evidence (until_on) WHERE done_at IS NULL;

CREATE TABLE journal_stamp (
  shop_id TEXT NOT NULL REFERENCES shop(id), seq BIGINT NOT NULL, hash TEXT NOT NULL, at BIGINT NOT NULL, authority TEXT NOT NULL, token {bytes} NOT NULL,
  PRIMARY KEY (shop_id, seq));
