"""An office passes to another Kanwil only once no PIMPASA of a Rudenim guides across the two."""

from django.db import migrations

# After the statement: a list may move a Kanim and its Rudenim in one. Whoever sends an officer of
# a Rudenim holds both offices (FOR SHARE) until commit, so that none of them moves meanwhile.
FORWARD = """
CREATE FUNCTION office_leaves_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_assignment AS assignment
        JOIN villages_officer AS officer ON officer.id = assignment.officer_id
        JOIN villages_village AS village ON village.id = assignment.village_id
        JOIN accounts_office AS lending ON lending.id = officer.office_id
        JOIN accounts_office AS guiding ON guiding.id = village.office_id
        WHERE NEW.id IN (lending.id, guiding.id) AND lending.id <> guiding.id
          AND lending.kind = 'detention_house'
          AND lending.parent_id IS DISTINCT FROM guiding.parent_id
          AND coalesce(assignment.ends_on, 'infinity')
              >= (now() AT TIME ZONE lending.timezone)::date
    ) THEN
        RAISE EXCEPTION 'an office that moves leaves no assignment behind'
            USING ERRCODE = '23514', CONSTRAINT = 'office_leaves_nobody';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER office_leaves_nobody AFTER UPDATE OF parent_id ON accounts_office
    FOR EACH ROW WHEN (NEW.parent_id IS DISTINCT FROM OLD.parent_id)
    EXECUTE FUNCTION office_leaves_nobody();

CREATE OR REPLACE FUNCTION assignment_within_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    term record;
    guiding bigint;
BEGIN
    SELECT officer.office_id, officer.starts_on, officer.ends_on, office.kind
        INTO term FROM villages_officer AS officer
        JOIN accounts_office AS office ON office.id = officer.office_id
        WHERE officer.id = NEW.officer_id FOR SHARE OF officer;
    IF NEW.starts_on < term.starts_on
       OR coalesce(NEW.ends_on, 'infinity') > coalesce(term.ends_on, 'infinity')
    THEN
        RAISE EXCEPTION 'an assignment lies within its officer''s term'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_within_term';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    SELECT office_id INTO guiding FROM villages_village WHERE id = NEW.village_id FOR SHARE;
    IF guiding = term.office_id THEN
        RETURN NEW;
    END IF;
    IF term.kind = 'detention_house' THEN
        PERFORM 1 FROM accounts_office WHERE id IN (guiding, term.office_id) ORDER BY id FOR SHARE;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_office AS lending
        JOIN accounts_office AS receiving ON receiving.parent_id = lending.parent_id
        WHERE lending.id = term.office_id AND lending.kind = 'detention_house'
          AND receiving.id = guiding
    ) THEN
        RAISE EXCEPTION 'officers guide the villages of their own office'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_of_its_office';
    END IF;
    RETURN NEW;
END $$;
"""
BACKWARD = """
DROP TRIGGER office_leaves_nobody ON accounts_office;
DROP FUNCTION office_leaves_nobody();
CREATE OR REPLACE FUNCTION assignment_within_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE term record;
BEGIN
    SELECT officer.office_id, officer.starts_on, officer.ends_on, office.kind, office.parent_id
        INTO term FROM villages_officer AS officer
        JOIN accounts_office AS office ON office.id = officer.office_id
        WHERE officer.id = NEW.officer_id FOR SHARE OF officer;
    IF NEW.starts_on < term.starts_on
       OR coalesce(NEW.ends_on, 'infinity') > coalesce(term.ends_on, 'infinity')
    THEN
        RAISE EXCEPTION 'an assignment lies within its officer''s term'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_within_term';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM villages_village AS village
        JOIN accounts_office AS guiding ON guiding.id = village.office_id
        WHERE village.id = NEW.village_id AND (
            village.office_id = term.office_id
            OR term.kind = 'detention_house' AND guiding.parent_id = term.parent_id
        ) FOR SHARE OF village
    ) THEN
        RAISE EXCEPTION 'officers guide the villages of their own office'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_of_its_office';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_head_confirmed"),
        ("villages", "0034_letter_officers"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
