"""A link that was sent leads to the same event, or letter, for good."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION short_link_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a link that was sent leads where it led'
        USING ERRCODE = '23514', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER event_link_stays BEFORE UPDATE ON events_event
    FOR EACH ROW WHEN (NEW.share_key <> OLD.share_key) EXECUTE FUNCTION short_link_stays();
CREATE TRIGGER invitation_link_stays BEFORE UPDATE ON events_invitationletter
    FOR EACH ROW WHEN (NEW.share_key <> OLD.share_key) EXECUTE FUNCTION short_link_stays();
"""
BACKWARD = "DROP FUNCTION short_link_stays CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("events", "0027_short_links")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
