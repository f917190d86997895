"""Whoever came as a guest came to the event that invites the guest."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION attendee_of_its_guests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM events_invitee
               WHERE id = NEW.invitee_id AND event_id <> NEW.event_id) THEN
        RAISE EXCEPTION 'a guest of one event does not come to another'
            USING ERRCODE = '23514', CONSTRAINT = 'attendee_of_its_guests';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attendee_of_its_guests BEFORE INSERT OR UPDATE ON events_attendee
    FOR EACH ROW WHEN (NEW.invitee_id IS NOT NULL) EXECUTE FUNCTION attendee_of_its_guests();
"""
BACKWARD = "DROP FUNCTION attendee_of_its_guests CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("events", "0031_attendee_invitee")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
