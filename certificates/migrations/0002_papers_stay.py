"""Papers stay as they were made, and scans as they were brought."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certificate_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'certificate is for ever' USING ERRCODE = '23514';
    END IF;
    IF (NEW.code, NEW.kind, NEW.entry_id, NEW.office_id, NEW.title, NEW.facts, NEW.ordered_by_id)
       IS DISTINCT FROM
       (OLD.code, OLD.kind, OLD.entry_id, OLD.office_id, OLD.title, OLD.facts, OLD.ordered_by_id)
    THEN
        RAISE EXCEPTION 'certificate facts are frozen' USING ERRCODE = '23514';
    END IF;
    IF OLD.sha256 <> '' AND (NEW.file, NEW.sha256, NEW.size, NEW.drawn_at)
       IS DISTINCT FROM (OLD.file, OLD.sha256, OLD.size, OLD.drawn_at)
    THEN
        RAISE EXCEPTION 'certificate bytes are frozen' USING ERRCODE = '23514';
    END IF;
    IF OLD.status = 'revoked' AND NEW.status <> 'revoked' THEN
        RAISE EXCEPTION 'certificate stays revoked' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificate_frozen BEFORE UPDATE OR DELETE ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION certificate_frozen();

CREATE FUNCTION letter_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'letter is for ever'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_frozen';
    END IF;
    IF (NEW.kind, NEW.entry_id, NEW.office_id, NEW.title, NEW.facts, NEW.ordered_by_id)
       IS DISTINCT FROM
       (OLD.kind, OLD.entry_id, OLD.office_id, OLD.title, OLD.facts, OLD.ordered_by_id)
    THEN
        RAISE EXCEPTION 'letter facts are frozen'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_frozen';
    END IF;
    IF OLD.sha256 <> '' AND (NEW.status, NEW.file, NEW.sha256, NEW.size, NEW.drawn_at)
       IS DISTINCT FROM (OLD.status, OLD.file, OLD.sha256, OLD.size, OLD.drawn_at)
    THEN
        RAISE EXCEPTION 'letter bytes are frozen'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_frozen BEFORE UPDATE OR DELETE ON certificates_letter
    FOR EACH ROW EXECUTE FUNCTION letter_frozen();

CREATE FUNCTION export_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'who took what out of the portal is remembered'
            USING ERRCODE = '23514', CONSTRAINT = 'export_frozen';
    END IF;
    IF (NEW.kind, NEW.office_id, NEW.title, NEW.facts, NEW.office_ids, NEW.ordered_by_id,
        NEW.ordered_at, NEW.expires_at)
       IS DISTINCT FROM
       (OLD.kind, OLD.office_id, OLD.title, OLD.facts, OLD.office_ids, OLD.ordered_by_id,
        OLD.ordered_at, OLD.expires_at)
       OR OLD.status = 'expired' AND NEW.status <> 'expired'
    THEN
        RAISE EXCEPTION 'an export stays what was asked for, and whose it is'
            USING ERRCODE = '23514', CONSTRAINT = 'export_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER export_frozen BEFORE UPDATE OR DELETE ON certificates_export
    FOR EACH ROW EXECUTE FUNCTION export_frozen();

CREATE FUNCTION scan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
       AND to_jsonb(NEW) - '{withdrawn_at,withdrawn_by_id,withdrawn_reason}'::text[]
           = to_jsonb(OLD) - '{withdrawn_at,withdrawn_by_id,withdrawn_reason}'::text[]
    THEN
        RETURN NEW;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a scan stays as it is'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_stays';
    END IF;
    -- Held, so that it is not revoked in the same moment.
    PERFORM FROM certificates_certificate
        WHERE id = NEW.certificate_id AND status = 'ready' FOR SHARE;
    IF FOUND THEN RETURN NEW; END IF;
    PERFORM FROM certificates_letter AS letter
        WHERE id = NEW.letter_id AND status = 'ready' AND entry_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM certificates_void WHERE entry_id = letter.entry_id)
        FOR SHARE OF letter;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a paper in force is signed'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scan_stays BEFORE INSERT OR UPDATE OR DELETE ON certificates_scan
    FOR EACH ROW EXECUTE FUNCTION scan_stays();

CREATE FUNCTION scan_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM certificates_certificate
        WHERE id = NEW.certificate_id AND sha256 = NEW.sha256
    ) OR EXISTS (
        SELECT 1 FROM certificates_letter WHERE id = NEW.letter_id AND sha256 = NEW.sha256
    ) THEN
        RAISE EXCEPTION 'scan_is_signed: the drawn file is no scan of its paper'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_is_signed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scan_is_signed BEFORE INSERT ON certificates_scan
    FOR EACH ROW EXECUTE FUNCTION scan_is_signed();
"""
BACKWARD = """
DROP FUNCTION
    certificate_frozen,
    letter_frozen,
    export_frozen,
    scan_stays,
    scan_is_signed
CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("certificates", "0014_scan_is_signed")]
    dependencies = [("certificates", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
