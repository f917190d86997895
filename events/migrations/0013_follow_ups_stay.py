"""A visit is of who guides there; what follows from it or from an event stays where it belongs."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION visit_by_who_guides() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    day date := (NEW.visited_at AT TIME ZONE
        (SELECT timezone FROM accounts_office WHERE id = NEW.office_id))::date;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM villages_assignment
        WHERE officer_id = NEW.officer_id AND village_id = NEW.village_id
        AND starts_on <= day AND (ends_on IS NULL OR ends_on >= day)
    ) THEN
        RAISE EXCEPTION 'nobody calls on a village that they do not guide'
            USING ERRCODE = '23514', CONSTRAINT = 'visit_by_who_guides';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER visit_by_who_guides BEFORE INSERT OR UPDATE OF visited_at ON events_visit
    FOR EACH ROW EXECUTE FUNCTION visit_by_who_guides();

CREATE FUNCTION visit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.village_id, NEW.office_id, NEW.officer_id, NEW.created_by_id)
        IS DISTINCT FROM (OLD.village_id, OLD.office_id, OLD.officer_id, OLD.created_by_id) THEN
        RAISE EXCEPTION 'a visit stays with its village and its officer'
            USING ERRCODE = '23514', CONSTRAINT = 'visit_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER visit_stays BEFORE UPDATE ON events_visit
    FOR EACH ROW EXECUTE FUNCTION visit_stays();

CREATE FUNCTION follow_up_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.event_id, NEW.visit_id, NEW.office_id, NEW.created_by_id)
            IS DISTINCT FROM (OLD.event_id, OLD.visit_id, OLD.office_id, OLD.created_by_id) THEN
            RAISE EXCEPTION 'it belongs to what it follows from'
                USING ERRCODE = '23514', CONSTRAINT = 'follow_up_stays';
        END IF;
        -- That it is done may be said at any time; what was asked for no longer changes then.
        IF (NEW.what, NEW.owner_id, NEW.due_on)
            IS NOT DISTINCT FROM (OLD.what, OLD.owner_id, OLD.due_on) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.office_id <> COALESCE(
        (SELECT office_id FROM events_event WHERE id = NEW.event_id),
        (SELECT office_id FROM events_visit WHERE id = NEW.visit_id)) THEN
        RAISE EXCEPTION 'it is for the office of what it follows from'
            USING ERRCODE = '23514', CONSTRAINT = 'follow_up_stays';
    END IF;
    IF EXISTS (SELECT 1 FROM events_event WHERE id = its AND status IN ('reported', 'cancelled'))
    THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'follow_up_stays';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER follow_up_stays BEFORE INSERT OR UPDATE OR DELETE ON events_followup
    FOR EACH ROW EXECUTE FUNCTION follow_up_stays();
"""
BACKWARD = """
DROP FUNCTION follow_up_stays CASCADE;
DROP FUNCTION visit_stays CASCADE;
DROP FUNCTION visit_by_who_guides CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0012_follow_ups_and_visits")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
