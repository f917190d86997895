"""Whose a certificate of attendance is stays, and nobody has two of an event in force."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION participation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever was noted by mistake leaves the event once their certificate is revoked, and who has
    -- another name than it bears is called by that from then on.
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{attendee_id,contributor_id,mended_name}'::text[]
           = to_jsonb(OLD) - '{attendee_id,contributor_id,mended_name}'::text[]
       AND COALESCE(NEW.attendee_id = OLD.attendee_id, NEW.attendee_id IS NULL)
       AND COALESCE(NEW.contributor_id = OLD.contributor_id, NEW.contributor_id IS NULL)
       AND OLD.mended_name IN ('', NEW.mended_name)
       AND EXISTS (
           SELECT 1 FROM certificates_certificate
           WHERE id = NEW.certificate_id AND status = 'revoked'
       )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'whose a certificate is stays as it was'
        USING ERRCODE = '23514', CONSTRAINT = 'participation_stays';
END $$;
CREATE TRIGGER participation_stays BEFORE UPDATE OR DELETE ON events_participation
    FOR EACH ROW EXECUTE FUNCTION participation_stays();

CREATE FUNCTION participation_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint;
BEGIN
    -- The person is held, so that of two at once the second sees what the first has stored.
    IF NEW.attendee_id IS NOT NULL THEN
        SELECT event_id INTO its FROM events_attendee
            WHERE id = NEW.attendee_id FOR NO KEY UPDATE;
    ELSE
        SELECT event_id INTO its FROM events_contributor
            WHERE id = NEW.contributor_id FOR NO KEY UPDATE;
    END IF;
    -- So is the event, so that it is not opened again in the same moment.
    PERFORM FROM events_event
        WHERE id = NEW.event_id AND status IN ('finished', 'reported') FOR SHARE;
    IF NOT FOUND OR its IS DISTINCT FROM NEW.event_id OR NEW.mended_name <> '' OR NOT EXISTS (
        SELECT 1 FROM events_event
        JOIN certificates_certificate AS paper ON paper.id = NEW.certificate_id
        WHERE events_event.id = NEW.event_id AND paper.office_id = events_event.office_id
          AND paper.kind
              = CASE WHEN NEW.attendee_id IS NULL THEN 'speaker' ELSE 'participant' END
    ) THEN
        RAISE EXCEPTION 'a certificate is for somebody of an event that its office held'
            USING ERRCODE = '23514', CONSTRAINT = 'participation_once';
    END IF;
    IF EXISTS (
        SELECT 1 FROM events_participation AS other
        JOIN certificates_certificate AS paper ON paper.id = other.certificate_id
        WHERE paper.status <> 'revoked'
          AND (other.attendee_id = NEW.attendee_id OR other.contributor_id = NEW.contributor_id)
    ) THEN
        RAISE EXCEPTION 'this person has a certificate of this event'
            USING ERRCODE = '23514', CONSTRAINT = 'participation_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER participation_once BEFORE INSERT ON events_participation
    FOR EACH ROW EXECUTE FUNCTION participation_once();

CREATE FUNCTION event_certified_was_held() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM events_participation
        JOIN certificates_certificate AS paper ON paper.id = certificate_id
        WHERE event_id = NEW.id AND paper.status <> 'revoked'
    ) THEN
        RAISE EXCEPTION 'an event of which a certificate is in force was held'
            USING ERRCODE = '23514', CONSTRAINT = 'event_certified_was_held';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER event_certified_was_held BEFORE UPDATE OF status ON events_event
    FOR EACH ROW WHEN (
        OLD.status IN ('finished', 'reported') AND NEW.status NOT IN ('finished', 'reported')
    ) EXECUTE FUNCTION event_certified_was_held();
"""
BACKWARD = """
DROP FUNCTION event_certified_was_held, participation_once, participation_stays CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0025_participation")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
