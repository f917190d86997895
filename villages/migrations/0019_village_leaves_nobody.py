"""A village passes to another office only once nobody guides it whom that office may not send."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION village_leaves_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_assignment AS assignment
        JOIN villages_officer AS officer ON officer.id = assignment.officer_id
        JOIN accounts_office AS office ON office.id = officer.office_id
        JOIN accounts_office AS guiding ON guiding.id = NEW.office_id
        WHERE assignment.village_id = NEW.id AND officer.office_id <> NEW.office_id
          AND NOT (office.kind = 'detention_house' AND office.parent_id = guiding.parent_id)
          AND coalesce(assignment.ends_on, 'infinity') >= (now() AT TIME ZONE office.timezone)::date
    ) THEN
        RAISE EXCEPTION 'a village that moves leaves no assignment behind'
            USING ERRCODE = '23514', CONSTRAINT = 'village_leaves_nobody';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER village_leaves_nobody BEFORE UPDATE OF office_id ON villages_village
    FOR EACH ROW WHEN (NEW.office_id <> OLD.office_id) EXECUTE FUNCTION village_leaves_nobody();
"""
BACKWARD = """
DROP TRIGGER village_leaves_nobody ON villages_village;
DROP FUNCTION village_leaves_nobody();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0018_local_terms")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
