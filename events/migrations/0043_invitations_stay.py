"""Whom a letter invites to which event stays; a letter about an event is of the event's office."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER invitation_letter_stays
    BEFORE UPDATE OF letter_id, event_id OR DELETE ON events_invitationletter
    FOR EACH ROW EXECUTE FUNCTION event_letter_stays();

CREATE FUNCTION event_letter_of_its_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM certificates_letter AS letter
        JOIN events_event AS event ON event.office_id = letter.office_id
        WHERE letter.id = NEW.letter_id AND event.id = NEW.event_id
    ) THEN
        RAISE EXCEPTION 'a letter about an event is of the office of the event'
            USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER event_letter_of_its_office BEFORE INSERT ON events_eventletter
    FOR EACH ROW EXECUTE FUNCTION event_letter_of_its_office();
CREATE TRIGGER invitation_letter_of_its_office BEFORE INSERT ON events_invitationletter
    FOR EACH ROW EXECUTE FUNCTION event_letter_of_its_office();

CREATE FUNCTION invitation_guests_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM events_invitationletter AS its
        JOIN events_invitee AS guest ON guest.event_id = its.event_id
        WHERE its.letter_id = NEW.invitationletter_id AND guest.id = NEW.invitee_id
    ) THEN
        RAISE EXCEPTION 'a letter invites guests of its event'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_guests_stay';
    END IF;
    -- Whom a letter invited that does not count any more may leave the list.
    IF TG_OP = 'UPDATE' OR TG_OP = 'DELETE' AND NOT EXISTS (
        SELECT 1 FROM certificates_letter AS letter
        JOIN certificates_void AS void ON void.entry_id = letter.entry_id
        WHERE letter.id = OLD.invitationletter_id
    ) THEN
        RAISE EXCEPTION 'whom a letter invites stays while its number counts'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_guests_stay';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER invitation_guests_stay
    BEFORE INSERT OR UPDATE OR DELETE ON events_invitationletter_invitees
    FOR EACH ROW EXECUTE FUNCTION invitation_guests_stay();
"""
BACKWARD = """
DROP FUNCTION invitation_guests_stay, event_letter_of_its_office CASCADE;
DROP TRIGGER invitation_letter_stays ON events_invitationletter;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0042_named_events_stay")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
