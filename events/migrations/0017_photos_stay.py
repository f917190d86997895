"""A photo stays what it is; of a settled event only whether people agree may still be said."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION photo_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.event_id, NEW.visit_id, NEW.key, NEW.file, NEW.sha256, NEW.uploaded_by_id)
            IS DISTINCT FROM
            (OLD.event_id, OLD.visit_id, OLD.key, OLD.file, OLD.sha256, OLD.uploaded_by_id) THEN
            RAISE EXCEPTION 'a photo stays what it is'
                USING ERRCODE = '23514', CONSTRAINT = 'photo_stays';
        END IF;
        -- Whoever does not agree any more must be heard at any time.
        IF (NEW.caption, NEW.position) IS NOT DISTINCT FROM (OLD.caption, OLD.position) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF EXISTS (SELECT 1 FROM events_event WHERE id = its AND status IN ('reported', 'cancelled'))
    THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'photo_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER photo_stays BEFORE INSERT OR UPDATE OR DELETE ON events_photo
    FOR EACH ROW EXECUTE FUNCTION photo_stays();
"""
BACKWARD = "DROP FUNCTION photo_stays CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("events", "0016_photos")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
