-- The journal is evidence: rows are added, never changed. TRUNCATE fires no row trigger, so it has its own.
CREATE FUNCTION relance_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION relance_append_only();
CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION relance_append_only();
CREATE TRIGGER content_no_delete BEFORE DELETE ON content FOR EACH ROW EXECUTE FUNCTION relance_append_only();
CREATE TRIGGER content_no_truncate BEFORE TRUNCATE ON content FOR EACH STATEMENT EXECUTE FUNCTION relance_append_only();
CREATE TRIGGER content_only_erased BEFORE UPDATE ON content FOR EACH ROW
  WHEN (NEW.hash <> OLD.hash OR NEW.erased_at IS NULL OR length(NEW.bytes) > 0) EXECUTE FUNCTION relance_append_only();
