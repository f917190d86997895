"""A village: guided by one open office at a time, called by one word."""

from django.db import migrations

FORWARD = """
ALTER TABLE villages_villagedocument
    ADD CONSTRAINT village_document_and_village UNIQUE (id, village_id);
ALTER TABLE villages_agreement ADD CONSTRAINT agreement_scan_of_its_village
    FOREIGN KEY (scan_id, village_id) REFERENCES villages_villagedocument (id, village_id);

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

CREATE FUNCTION village_guiding_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO villages_guidingterm (village_id, office_id) VALUES (NEW.id, NEW.office_id);
    ELSIF EXISTS (
        SELECT 1 FROM villages_guidingterm WHERE village_id = NEW.id AND until IS NOT NULL
    ) OR EXISTS (
        SELECT 1 FROM villages_designation
        WHERE village_id = NEW.id AND designated_on IS NOT NULL AND office_id <> NEW.office_id
          AND status <> 'struck'
    ) THEN
        UPDATE villages_guidingterm SET until = moment WHERE village_id = NEW.id AND until IS NULL;
        INSERT INTO villages_guidingterm (village_id, office_id, since)
        VALUES (NEW.id, NEW.office_id, moment);
    ELSE
        -- Nothing was designated under the former office: it held a draft, and guided nobody.
        UPDATE villages_guidingterm SET office_id = NEW.office_id WHERE village_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER village_guiding_term_begins AFTER INSERT ON villages_village
    FOR EACH ROW EXECUTE FUNCTION village_guiding_term();
CREATE TRIGGER village_guiding_term_changes AFTER UPDATE OF office_id ON villages_village
    FOR EACH ROW WHEN (NEW.office_id <> OLD.office_id) EXECUTE FUNCTION village_guiding_term();

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

CREATE FUNCTION village_term_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_designation
        WHERE village_id = NEW.id AND (
            status = 'submitted'
            OR status = 'approved' AND decided_as_id IS NOT NULL AND certificate_id IS NULL
        )
    ) THEN
        RAISE EXCEPTION 'what the head reads is what is printed'
            USING ERRCODE = '23514', CONSTRAINT = 'village_term_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER village_term_frozen BEFORE UPDATE OF local_term ON villages_village
    FOR EACH ROW WHEN (NEW.local_term <> OLD.local_term) EXECUTE FUNCTION village_term_frozen();

-- The village is held when a sheet goes to the head, so that neither misses the other.
CREATE FUNCTION designation_freezes_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM villages_village WHERE id = NEW.village_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_freezes_term BEFORE UPDATE OF status ON villages_designation
    FOR EACH ROW WHEN (NEW.status = 'submitted' AND OLD.status <> 'submitted')
    EXECUTE FUNCTION designation_freezes_term();
"""
BACKWARD = """
DROP FUNCTION
    village_in_an_open_office,
    village_guiding_term,
    village_leaves_nobody,
    office_leaves_nobody,
    office_closed_guides_nothing,
    village_term_frozen,
    designation_freezes_term
CASCADE;
ALTER TABLE villages_agreement DROP CONSTRAINT agreement_scan_of_its_village;
ALTER TABLE villages_villagedocument DROP CONSTRAINT village_document_and_village;
"""


class Migration(migrations.Migration):
    replaces = [("villages", "0040_number_whatever_its_case")]
    dependencies = [("villages", "0007_officers")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
