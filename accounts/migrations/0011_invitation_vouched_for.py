"""An invitation is accepted only while whoever sent it may invite."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION invitation_vouched_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE today date;
BEGIN
    SELECT (now() AT TIME ZONE timezone)::date INTO today
        FROM accounts_office WHERE id = NEW.office_id;
    -- Held, so that a role which ends in this moment ends before or after, not in between.
    PERFORM 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        WHERE role.user_id = NEW.invited_by_id AND role.role = 'admin'
          AND (role.office_id = NEW.office_id OR office.kind = 'directorate')
          AND role.starts_on <= today AND coalesce(role.ends_on, 'infinity') >= today
        FOR SHARE OF role;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who invites is an administrator when it is accepted'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_vouched_for';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invitation_vouched_for BEFORE UPDATE OF status ON accounts_invitation
    FOR EACH ROW WHEN (OLD.status = 'waiting' AND NEW.status = 'accepted')
    EXECUTE FUNCTION invitation_vouched_for();
"""
BACKWARD = """
DROP TRIGGER invitation_vouched_for ON accounts_invitation;
DROP FUNCTION invitation_vouched_for();
"""


# A colleague who sends it again vouches for it from then on: with a new link, the old one is dead.
OFFERED = """
CREATE OR REPLACE FUNCTION invitation_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.status <> 'waiting' THEN
        RAISE EXCEPTION 'an invitation is answered once, and stays'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_answered_once';
    END IF;
    IF (NEW.office_id, NEW.email, NEW.username, NEW.role, NEW.acting_kind, NEW.starts_on,
        NEW.ends_on)
       IS DISTINCT FROM (OLD.office_id, OLD.email, OLD.username, OLD.role, OLD.acting_kind,
        OLD.starts_on, OLD.ends_on)
       OR NEW.invited_by_id <> OLD.invited_by_id{}
    THEN
        RAISE EXCEPTION 'what was offered stays'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_answered_once';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0010_reset_at")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(
            OFFERED.format(" AND NEW.token_hash = OLD.token_hash"), OFFERED.format("")
        ),
    ]
