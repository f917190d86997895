"""Officers: their terms, whom they guide, and who signs the letter that sends them."""

from django.db import migrations

FORWARD = """
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

CREATE FUNCTION assignment_within_term() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION letter_signed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_assignment AS assignment
        JOIN villages_officer AS officer ON officer.id = assignment.officer_id
        JOIN accounts_user AS sent ON sent.id = officer.user_id
        JOIN villages_assignmentletter AS own ON own.letter_id = NEW.assignmentletter_id
        JOIN certificates_letter AS letter ON letter.id = own.letter_id
        WHERE assignment.id = NEW.assignment_id
          AND (own.signed_by_id = sent.id OR letter.facts #>> '{signer,nip}' = sent.username)
    ) THEN
        RAISE EXCEPTION 'letter_signed_by_another: nobody signs the letter that sends them'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_signed_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_signed_by_another
    BEFORE INSERT OR UPDATE ON villages_assignmentletter_assignments
    FOR EACH ROW EXECUTE FUNCTION letter_signed_by_another();

CREATE FUNCTION letter_signer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'letter_signer_stays: who signs is settled with the letter'
        USING ERRCODE = '23514', CONSTRAINT = 'letter_signer_stays';
END $$;
CREATE TRIGGER letter_signer_stays BEFORE UPDATE OF signed_by_id ON villages_assignmentletter
    FOR EACH ROW WHEN (NEW.signed_by_id IS DISTINCT FROM OLD.signed_by_id)
    EXECUTE FUNCTION letter_signer_stays();
"""
BACKWARD = """
DROP FUNCTION
    officer_unit,
    officer_in_an_open_office,
    officer_outlasts_assignments,
    assignment_within_term,
    assignment_stays,
    letter_signed_by_another,
    letter_signer_stays
CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("villages", "0039_region_by_level")]
    dependencies = [("villages", "0006_recorded")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
