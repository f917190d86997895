"""A report settles its event for as long as its number counts, and stays the event's own."""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step text[] := ARRAY['status', 'status_at', 'status_by_id', 'report_id', 'changed_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an event is cancelled, never deleted'
            USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
    ELSIF OLD.status = 'cancelled' THEN
        RAISE EXCEPTION 'what was cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
    ELSIF OLD.status = 'reported' THEN
        IF NEW.status <> 'finished' OR (to_jsonb(NEW) - step) <> (to_jsonb(OLD) - step) THEN
            RAISE EXCEPTION 'what was reported stays as it was'
                USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
        ELSIF NOT EXISTS (
            SELECT 1 FROM certificates_letter letter
            JOIN certificates_void void ON void.entry_id = letter.entry_id
            WHERE letter.id = OLD.report_id
        ) THEN
            RAISE EXCEPTION 'a report that counts is not taken back'
                USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
        END IF;
    ELSIF NEW.office_id <> OLD.office_id OR NEW.created_by_id <> OLD.created_by_id THEN
        RAISE EXCEPTION 'an event stays with the office that planned it'
            USING ERRCODE = '23514', CONSTRAINT = 'event_stays';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION event_report_is_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.report_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM events_eventletter its
        JOIN certificates_letter letter ON letter.id = its.letter_id
        WHERE its.letter_id = NEW.report_id AND its.event_id = NEW.id
          AND letter.kind = 'event_report'
    ) THEN
        RAISE EXCEPTION 'an event is reported by a report of its own'
            USING ERRCODE = '23514', CONSTRAINT = 'event_report_is_its_own';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER event_report_is_its_own BEFORE INSERT OR UPDATE OF report_id ON events_event
    FOR EACH ROW EXECUTE FUNCTION event_report_is_its_own();

CREATE FUNCTION event_letter_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a letter about an event stays with it'
        USING ERRCODE = '23514', CONSTRAINT = 'event_letter_stays';
END $$;
CREATE TRIGGER event_letter_stays BEFORE UPDATE OR DELETE ON events_eventletter
    FOR EACH ROW EXECUTE FUNCTION event_letter_stays();

CREATE TRIGGER report_words_stay BEFORE INSERT OR UPDATE OR DELETE ON events_reportwords
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
"""
BACKWARD = """
DROP TRIGGER report_words_stay ON events_reportwords;
DROP FUNCTION event_letter_stays, event_report_is_its_own CASCADE;
CREATE OR REPLACE FUNCTION event_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0021_reports"), ("certificates", "0003_register")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
