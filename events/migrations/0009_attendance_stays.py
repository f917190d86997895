"""Who came stays as it was once the event is settled; what is merged lies in one event."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER attendee_stays BEFORE INSERT OR UPDATE OR DELETE ON events_attendee
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
CREATE TRIGGER school_count_stays BEFORE INSERT OR UPDATE OR DELETE ON events_schoolcount
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
CREATE TRIGGER attendance_page_stays BEFORE INSERT OR UPDATE OR DELETE ON events_attendancepage
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
CREATE TRIGGER merge_stays BEFORE INSERT OR UPDATE OR DELETE ON events_merge
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();

CREATE FUNCTION merge_of_one_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM events_attendee
               WHERE id IN (NEW.kept_id, NEW.other_id) AND event_id <> NEW.event_id) THEN
        RAISE EXCEPTION 'people of two events are not merged'
            USING ERRCODE = '23514', CONSTRAINT = 'merge_of_one_event';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER merge_of_one_event BEFORE INSERT OR UPDATE ON events_merge
    FOR EACH ROW EXECUTE FUNCTION merge_of_one_event();
"""
BACKWARD = """
DROP FUNCTION merge_of_one_event CASCADE;
DROP TRIGGER merge_stays ON events_merge;
DROP TRIGGER attendance_page_stays ON events_attendancepage;
DROP TRIGGER school_count_stays ON events_schoolcount;
DROP TRIGGER attendee_stays ON events_attendee;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0008_attendance")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
