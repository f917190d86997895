"""What a speaker brought stays what it is, and as it was once the event is settled."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION material_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.contributor_id ELSE OLD.contributor_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a file stays what it is'
            USING ERRCODE = '23514', CONSTRAINT = 'material_stays';
    END IF;
    IF EXISTS (
        SELECT 1 FROM events_event JOIN events_contributor ON event_id = events_event.id
        WHERE events_contributor.id = its AND status IN ('reported', 'cancelled')
    ) THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'material_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER material_stays BEFORE INSERT OR UPDATE OR DELETE ON events_material
    FOR EACH ROW EXECUTE FUNCTION material_stays();
"""
BACKWARD = "DROP FUNCTION material_stays CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("events", "0018_materials")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
