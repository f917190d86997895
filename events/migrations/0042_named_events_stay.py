"""What a sheet names is an event that its office held for its village, and stays one."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION occasion_of_its_village() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The event is held: what is said of it in the same moment comes before or after.
    PERFORM FROM events_event WHERE id = NEW.event_id FOR NO KEY UPDATE;
    IF NOT EXISTS (
        SELECT 1 FROM events_event AS event
        JOIN villages_designation AS sheet ON sheet.office_id = event.office_id
        JOIN villages_village AS village ON village.id = sheet.village_id
        JOIN events_eventvillage AS its
            ON its.event_id = event.id AND its.region_id = village.region_id
        WHERE event.id = NEW.event_id AND sheet.id = NEW.designation_id
          AND event.status IN ('finished', 'reported')
    ) THEN
        RAISE EXCEPTION 'a sheet names an event that its office held for its village'
            USING ERRCODE = '23514', CONSTRAINT = 'occasion_of_its_village';
    END IF;
    RETURN NEW;
END $$;
-- After `occasion_frozen`, by name: that one holds the sheet.
CREATE TRIGGER occasion_of_its_village BEFORE INSERT OR UPDATE ON events_occasion
    FOR EACH ROW EXECUTE FUNCTION occasion_of_its_village();

CREATE FUNCTION event_named_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM events_occasion WHERE event_id = NEW.id) AND (
        NEW.status NOT IN ('finished', 'reported') OR EXISTS (
            SELECT 1 FROM accounts_office WHERE id = NEW.office_id
            AND (NEW.starts_at AT TIME ZONE timezone)::date
                <> (OLD.starts_at AT TIME ZONE timezone)::date
        )
    ) THEN
        RAISE EXCEPTION 'an event that a sheet names was held, on its day'
            USING ERRCODE = '23514', CONSTRAINT = 'event_named_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER event_named_stays BEFORE UPDATE OF status, starts_at ON events_event
    FOR EACH ROW WHEN (NEW.status <> OLD.status OR NEW.starts_at <> OLD.starts_at)
    EXECUTE FUNCTION event_named_stays();

CREATE FUNCTION event_village_named_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM events_event WHERE id = OLD.event_id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM events_occasion AS occasion
        JOIN villages_designation AS sheet ON sheet.id = occasion.designation_id
        JOIN villages_village AS village ON village.id = sheet.village_id
        WHERE occasion.event_id = OLD.event_id AND village.region_id = OLD.region_id
    ) THEN
        RAISE EXCEPTION 'an event stays for the village whose sheet names it'
            USING ERRCODE = '23514', CONSTRAINT = 'event_village_named_stays';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER event_village_named_stays BEFORE DELETE ON events_eventvillage
    FOR EACH ROW EXECUTE FUNCTION event_village_named_stays();
"""
BACKWARD = """
DROP FUNCTION event_village_named_stays, event_named_stays, occasion_of_its_village CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0041_said_of_who_came")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
