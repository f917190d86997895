"""Of two who look alike it can be said after the report that they are two: it changes no count."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION merge_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
    standing text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.event_id <> OLD.event_id THEN
        RAISE EXCEPTION 'it belongs to its event'
            USING ERRCODE = '23514', CONSTRAINT = 'merge_stays';
    END IF;
    SELECT status INTO standing FROM events_event WHERE id = its FOR NO KEY UPDATE;
    -- Who is one person changes how many came, which the report says; that two are two does not,
    -- and whoever is not to wait for a certificate any longer says so.
    IF standing = 'cancelled' OR standing = 'reported' AND (
        TG_OP = 'UPDATE' OR CASE WHEN TG_OP = 'INSERT' THEN NEW.is_one ELSE OLD.is_one END
    ) THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'merge_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
DROP TRIGGER merge_stays ON events_merge;
CREATE TRIGGER merge_stays BEFORE INSERT OR UPDATE OR DELETE ON events_merge
    FOR EACH ROW EXECUTE FUNCTION merge_stays();
"""
BACKWARD = """
DROP TRIGGER merge_stays ON events_merge;
DROP FUNCTION merge_stays;
CREATE TRIGGER merge_stays BEFORE INSERT OR UPDATE OR DELETE ON events_merge
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0036_guest_denials_stay")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
