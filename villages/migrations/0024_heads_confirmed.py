"""Nobody decides in a role that nobody has confirmed."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION designation_decider_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE id IN (NEW.decided_as_id, NEW.certified_as_id, NEW.confirmed_as_id) AND awaits
    ) THEN
        RAISE EXCEPTION 'the role in which this is decided awaits its confirmation'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_decider_confirmed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_decider_confirmed
    BEFORE INSERT OR UPDATE OF decided_as_id, certified_as_id, confirmed_as_id ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_decider_confirmed();
"""
BACKWARD = """
DROP TRIGGER designation_decider_confirmed ON villages_designation;
DROP FUNCTION designation_decider_confirmed();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_head_confirmed"),
        ("villages", "0023_who_signs"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
