"""What was said at an event stays as it was written once the event is settled."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER minutes_stay BEFORE INSERT OR UPDATE OR DELETE ON events_minutes
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
CREATE TRIGGER question_stays BEFORE INSERT OR UPDATE OR DELETE ON events_question
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
"""
BACKWARD = """
DROP TRIGGER question_stays ON events_question;
DROP TRIGGER minutes_stay ON events_minutes;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0014_minutes")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
