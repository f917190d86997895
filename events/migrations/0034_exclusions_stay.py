"""Whoever is excluded gets no certificate of attendance until they are taken in again."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION exclusion_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'who gets no certificate is said again, never otherwise'
            USING ERRCODE = '23514', CONSTRAINT = 'exclusion_stays';
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
        RAISE EXCEPTION 'who gets no certificate is somebody of an event that its office held'
            USING ERRCODE = '23514', CONSTRAINT = 'exclusion_stays';
    END IF;
    IF EXISTS (
        SELECT 1 FROM events_participation AS other
        JOIN certificates_certificate AS paper ON paper.id = other.certificate_id
        WHERE paper.status <> 'revoked'
          AND (other.attendee_id = NEW.attendee_id OR other.contributor_id = NEW.contributor_id)
    ) THEN
        RAISE EXCEPTION 'this person has a certificate of this event'
            USING ERRCODE = '23514', CONSTRAINT = 'exclusion_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exclusion_stays BEFORE INSERT OR UPDATE ON events_exclusion
    FOR EACH ROW EXECUTE FUNCTION exclusion_stays();

-- After `participation_once`, by name: that one holds the person.
CREATE FUNCTION participation_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.unreplaced OR EXISTS (
        SELECT 1 FROM events_exclusion
        WHERE attendee_id = NEW.attendee_id OR contributor_id = NEW.contributor_id
    ) THEN
        RAISE EXCEPTION 'this person gets no certificate until they are taken in again'
            USING ERRCODE = '23514', CONSTRAINT = 'participation_wanted';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER participation_wanted BEFORE INSERT ON events_participation
    FOR EACH ROW EXECUTE FUNCTION participation_wanted();
"""
BACKWARD = "DROP FUNCTION participation_wanted, exclusion_stays CASCADE;"

STAYS = """
CREATE OR REPLACE FUNCTION participation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever was noted by mistake leaves the event once their certificate is revoked, and who has
    -- another name than it bears is called by that from then on.{why}
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{kept}'::text[]
           = to_jsonb(OLD) - '{kept}'::text[]
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
"""
WHY = (
    " Whether it\n    -- is replaced is said then too, and otherwise by taking the person in again."
)
NAMED, UNREPLACED = "attendee_id,contributor_id,mended_name", ",unreplaced"
BEFORE = STAYS.replace("{kept}", f"{{{NAMED}}}").replace("{why}", "")
AFTER = STAYS.replace("{kept}", f"{{{NAMED}{UNREPLACED}}}").replace("{why}", WHY)


class Migration(migrations.Migration):
    dependencies = [("events", "0033_exclusions")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD), migrations.RunSQL(AFTER, BEFORE)]
