"""A name for certificates is that of somebody who has none in force, at an event that was held."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION certificate_name_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.event_id, NEW.attendee_id, NEW.contributor_id)
       IS DISTINCT FROM (OLD.event_id, OLD.attendee_id, OLD.contributor_id) THEN
        RAISE EXCEPTION 'a name for a certificate stays with whose it is'
            USING ERRCODE = '23514', CONSTRAINT = 'certificate_name_stays';
    END IF;
    -- The person is held as by `participation_once`: an order at the same time comes before or after.
    IF NEW.attendee_id IS NOT NULL THEN
        SELECT event_id INTO its FROM events_attendee
            WHERE id = NEW.attendee_id FOR NO KEY UPDATE;
    ELSE
        SELECT event_id INTO its FROM events_contributor
            WHERE id = NEW.contributor_id FOR NO KEY UPDATE;
    END IF;
    PERFORM FROM events_event
        WHERE id = NEW.event_id AND status IN ('finished', 'reported') FOR SHARE;
    IF NOT FOUND OR its IS DISTINCT FROM NEW.event_id THEN
        RAISE EXCEPTION 'a name for a certificate is of somebody of an event that its office held'
            USING ERRCODE = '23514', CONSTRAINT = 'certificate_name_stays';
    END IF;
    IF EXISTS (
        SELECT 1 FROM events_participation AS other
        JOIN certificates_certificate AS paper ON paper.id = other.certificate_id
        WHERE paper.status <> 'revoked'
          AND (other.attendee_id = NEW.attendee_id OR other.contributor_id = NEW.contributor_id)
    ) THEN
        RAISE EXCEPTION 'this person has a certificate of this event'
            USING ERRCODE = '23514', CONSTRAINT = 'certificate_name_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER certificate_name_stays BEFORE INSERT OR UPDATE ON events_certificatename
    FOR EACH ROW EXECUTE FUNCTION certificate_name_stays();
"""
BACKWARD = "DROP FUNCTION certificate_name_stays CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("events", "0038_certificate_names")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
