-- A restored shop does nothing until a person confirms: what its original has sent since the backup is unknown.
ALTER TABLE shop ADD COLUMN restored_at BIGINT;

-- When each job last ran, of all processes; and who was told that one does not.
CREATE TABLE job_run (
  job TEXT PRIMARY KEY, started_at BIGINT NOT NULL, ended_at BIGINT, succeeded_at BIGINT, outcome TEXT, failures BIGINT NOT NULL DEFAULT 0);
CREATE TABLE job_alarm (subject TEXT PRIMARY KEY, since BIGINT NOT NULL, mailed_at BIGINT);
