"""What left the portal stays as it was: facts, number and code, and the exact bytes once drawn."""

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

CREATE FUNCTION register_entry_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'register entry is for ever' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER register_entry_frozen BEFORE UPDATE OR DELETE ON certificates_registerentry
    FOR EACH ROW EXECUTE FUNCTION register_entry_frozen();
"""
BACKWARD = """
DROP TRIGGER register_entry_frozen ON certificates_registerentry;
DROP FUNCTION register_entry_frozen();
DROP TRIGGER certificate_frozen ON certificates_certificate;
DROP FUNCTION certificate_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0001_papers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
