"""Who was invited to an event, and what they answered, stays once that is settled."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER invitee_stays BEFORE INSERT OR UPDATE OR DELETE ON events_invitee
    FOR EACH ROW EXECUTE FUNCTION event_part_stays();
"""
BACKWARD = "DROP TRIGGER invitee_stays ON events_invitee;"


class Migration(migrations.Migration):
    dependencies = [("events", "0010_invitations")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
