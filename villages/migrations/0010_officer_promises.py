"""What an officer's term and an assignment promise to each other, beyond one row.

Each trigger says its name, as a constraint would. The officer's row is held while an assignment is
written, so that neither of two transactions misses the other.
"""

from django.db import migrations

OFFICER = """
CREATE FUNCTION officer_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.user_id, NEW.office_id) IS DISTINCT FROM (OLD.user_id, OLD.office_id)
    THEN
        RAISE EXCEPTION 'a term stays with its person and office'
            USING ERRCODE = '23514', CONSTRAINT = 'officer_unit';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_office
        WHERE id = NEW.office_id AND kind IN ('immigration_office', 'detention_house')
    ) THEN
        RAISE EXCEPTION 'officers serve in a Kanim or Rudenim'
            USING ERRCODE = '23514', CONSTRAINT = 'officer_unit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER officer_unit BEFORE INSERT OR UPDATE OF user_id, office_id ON villages_officer
    FOR EACH ROW EXECUTE FUNCTION officer_unit();

CREATE FUNCTION officer_outlasts_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_assignment
        WHERE officer_id = NEW.id AND (
            starts_on < NEW.starts_on
            OR coalesce(ends_on, 'infinity') > coalesce(NEW.ends_on, 'infinity')
        )
    ) THEN
        RAISE EXCEPTION 'assignments end with their officer''s term'
            USING ERRCODE = '23514', CONSTRAINT = 'officer_outlasts_assignments';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER officer_outlasts_assignments BEFORE UPDATE OF starts_on, ends_on ON villages_officer
    FOR EACH ROW EXECUTE FUNCTION officer_outlasts_assignments();
"""
OFFICER_BACK = """
DROP TRIGGER officer_outlasts_assignments ON villages_officer;
DROP FUNCTION officer_outlasts_assignments();
DROP TRIGGER officer_unit ON villages_officer;
DROP FUNCTION officer_unit();
"""

ASSIGNMENT = """
CREATE FUNCTION assignment_within_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE term record;
BEGIN
    SELECT office_id, starts_on, ends_on INTO term FROM villages_officer
        WHERE id = NEW.officer_id FOR SHARE;
    IF NEW.starts_on < term.starts_on
       OR coalesce(NEW.ends_on, 'infinity') > coalesce(term.ends_on, 'infinity')
    THEN
        RAISE EXCEPTION 'an assignment lies within its officer''s term'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_within_term';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM villages_village
        WHERE id = NEW.village_id AND office_id = term.office_id FOR SHARE
    ) THEN
        RAISE EXCEPTION 'officers guide the villages of their own office'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_of_its_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_within_term BEFORE INSERT OR UPDATE ON villages_assignment
    FOR EACH ROW EXECUTE FUNCTION assignment_within_term();

CREATE FUNCTION assignment_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.officer_id, NEW.village_id, NEW.part, NEW.starts_on,
        NEW.basis, NEW.basis_number, NEW.basis_dated)
       IS DISTINCT FROM (OLD.officer_id, OLD.village_id, OLD.part, OLD.starts_on,
        OLD.basis, OLD.basis_number, OLD.basis_dated)
    THEN
        RAISE EXCEPTION 'of an assignment only the end changes'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_stays';
    END IF;
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1 FROM villages_officer AS officer
        JOIN accounts_office AS office ON office.id = officer.office_id
        WHERE officer.id = OLD.officer_id
          AND OLD.starts_on < (now() AT TIME ZONE office.timezone)::date
    ) THEN
        RAISE EXCEPTION 'an assignment that has counted is ended, not struck out'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_stays';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER assignment_stays BEFORE UPDATE OR DELETE ON villages_assignment
    FOR EACH ROW EXECUTE FUNCTION assignment_stays();
"""
ASSIGNMENT_BACK = """
DROP TRIGGER assignment_stays ON villages_assignment;
DROP FUNCTION assignment_stays();
DROP TRIGGER assignment_within_term ON villages_assignment;
DROP FUNCTION assignment_within_term();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0009_officers")]
    operations = [
        migrations.RunSQL(OFFICER, OFFICER_BACK),
        migrations.RunSQL(ASSIGNMENT, ASSIGNMENT_BACK),
    ]
