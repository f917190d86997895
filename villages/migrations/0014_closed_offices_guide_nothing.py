"""A closed office guides no village, prepares no sheet and has no officer."""

from django.db import migrations

# The office is held (FOR SHARE) until commit, so that it cannot be closed at the same time.
PROMISES = """
CREATE FUNCTION village_in_an_open_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT closed_on FROM accounts_office WHERE id = NEW.office_id FOR SHARE) IS NOT NULL THEN
        RAISE EXCEPTION 'a closed office takes in no village'
            USING ERRCODE = '23514', CONSTRAINT = 'village_in_an_open_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER village_in_an_open_office BEFORE INSERT OR UPDATE OF office_id ON villages_village
    FOR EACH ROW EXECUTE FUNCTION village_in_an_open_office();

CREATE FUNCTION designation_in_an_open_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT closed_on FROM accounts_office WHERE id = NEW.office_id FOR SHARE) IS NOT NULL THEN
        RAISE EXCEPTION 'a closed office begins no sheet'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_in_an_open_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_in_an_open_office BEFORE INSERT ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_in_an_open_office();

CREATE FUNCTION officer_in_an_open_office() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed date;
BEGIN
    SELECT closed_on INTO closed FROM accounts_office WHERE id = NEW.office_id FOR SHARE;
    IF closed IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on >= closed) THEN
        RAISE EXCEPTION 'a closed office has no officer'
            USING ERRCODE = '23514', CONSTRAINT = 'officer_in_an_open_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER officer_in_an_open_office
    BEFORE INSERT OR UPDATE OF office_id, ends_on ON villages_officer
    FOR EACH ROW EXECUTE FUNCTION officer_in_an_open_office();

CREATE FUNCTION office_closed_guides_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM villages_village WHERE office_id = NEW.id)
       OR EXISTS (SELECT 1 FROM villages_designation WHERE office_id = NEW.id
                  AND status IN ('draft', 'submitted', 'returned'))
       OR EXISTS (SELECT 1 FROM villages_officer
                  WHERE office_id = NEW.id AND (ends_on IS NULL OR ends_on >= NEW.closed_on))
    THEN
        RAISE EXCEPTION 'villages, sheets or officers are left'
            USING ERRCODE = '23514', CONSTRAINT = 'office_closed_guides_nothing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_closed_guides_nothing
    BEFORE UPDATE OF closed_on ON accounts_office
    FOR EACH ROW WHEN (NEW.closed_on IS NOT NULL) EXECUTE FUNCTION office_closed_guides_nothing();
"""
FORGET = """
DROP TRIGGER office_closed_guides_nothing ON accounts_office;
DROP FUNCTION office_closed_guides_nothing;
DROP TRIGGER officer_in_an_open_office ON villages_officer;
DROP FUNCTION officer_in_an_open_office;
DROP TRIGGER designation_in_an_open_office ON villages_designation;
DROP FUNCTION designation_in_an_open_office;
DROP TRIGGER village_in_an_open_office ON villages_village;
DROP FUNCTION village_in_an_open_office;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0013_officers_of_rudenim"),
        ("accounts", "0009_offices_open_and_close"),
    ]
    operations = [migrations.RunSQL(PROMISES, FORGET)]
