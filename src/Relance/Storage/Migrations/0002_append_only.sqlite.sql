-- The journal is evidence: rows are added, never changed. REPLACE would delete first; recursive_triggers makes that fire too.
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'journal is append-only'); END;
CREATE TRIGGER content_no_delete BEFORE DELETE ON content BEGIN SELECT RAISE(ABORT, 'content is erased in place, never deleted'); END;
CREATE TRIGGER content_only_erased BEFORE UPDATE ON content WHEN NEW.hash <> OLD.hash OR NEW.erased_at IS NULL OR length(NEW.bytes) > 0
BEGIN SELECT RAISE(ABORT, 'content may only be erased'); END;
