"""What was said of people and guests is of one event, and stays once that is settled."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER guest_denial_stays BEFORE INSERT OR UPDATE OR DELETE ON events_guestdenial
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();

CREATE FUNCTION guest_denial_of_one_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM events_attendee
               WHERE id = NEW.attendee_id AND event_id <> NEW.event_id)
       OR EXISTS (SELECT 1 FROM events_invitee
                  WHERE id = NEW.invitee_id AND event_id <> NEW.event_id) THEN
        RAISE EXCEPTION 'a person of one event is compared with its guests'
            USING ERRCODE = '23514', CONSTRAINT = 'guest_denial_of_one_event';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER guest_denial_of_one_event BEFORE INSERT OR UPDATE ON events_guestdenial
    FOR EACH ROW EXECUTE FUNCTION guest_denial_of_one_event();
"""
BACKWARD = """
DROP FUNCTION guest_denial_of_one_event CASCADE;
DROP TRIGGER guest_denial_stays ON events_guestdenial;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0035_guest_denials")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
