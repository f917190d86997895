"""An event: begun in an open office, kept for good, and settled once it is."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION event_in_an_open_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT closed_on FROM accounts_office WHERE id = NEW.office_id FOR SHARE) IS NOT NULL THEN
        RAISE EXCEPTION 'a closed office plans nothing'
            USING ERRCODE = '23514', CONSTRAINT = 'event_in_an_open_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER event_in_an_open_office BEFORE INSERT ON events_event
    FOR EACH ROW EXECUTE FUNCTION event_in_an_open_office();

CREATE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an event is cancelled, never deleted'
            USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
    ELSIF OLD.status IN ('reported', 'cancelled') THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
    ELSIF NEW.office_id <> OLD.office_id OR NEW.created_by_id <> OLD.created_by_id THEN
        RAISE EXCEPTION 'an event stays with the office that planned it'
            USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON events_event
    FOR EACH ROW EXECUTE FUNCTION event_stays();

CREATE FUNCTION event_village_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.event_id ELSE NEW.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a village is added or taken off, not exchanged'
            USING ERRCODE = '23514', CONSTRAINT = 'event_village_stays';
    END IF;
    IF EXISTS (SELECT 1 FROM events_event WHERE id = its AND status IN ('reported', 'cancelled'))
    THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'event_village_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF (SELECT level FROM villages_region WHERE id = NEW.region_id) <> 4 THEN
        RAISE EXCEPTION 'an event is for villages'
            USING ERRCODE = '23514', CONSTRAINT = 'event_village_is_one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER event_village_stays BEFORE INSERT OR UPDATE OR DELETE ON events_eventvillage
    FOR EACH ROW EXECUTE FUNCTION event_village_stays();
"""
BACKWARD = """
DROP FUNCTION event_in_an_open_office, event_stays, event_village_stays CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0002_kinds")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
