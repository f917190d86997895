"""The agenda and the people of an event stay as they were once it is settled."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION event_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.event_id <> OLD.event_id THEN
        RAISE EXCEPTION 'it belongs to its event'
            USING ERRCODE = '23514', CONSTRAINT = 'event_part_stays';
    END IF;
    IF EXISTS (SELECT 1 FROM events_event WHERE id = its AND status IN ('reported', 'cancelled'))
    THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'event_part_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER agenda_item_stays BEFORE INSERT OR UPDATE OR DELETE ON events_agendaitem
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
CREATE TRIGGER contributor_stays BEFORE INSERT OR UPDATE OR DELETE ON events_contributor
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
"""
BACKWARD = "DROP FUNCTION event_part_stays CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("events", "0005_standard_agenda")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
