"""What an office had decreed before: recorded by some, confirmed by another."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION designation_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.recorded_by_id, NEW.recorded_at) IS DISTINCT FROM
           (OLD.recorded_by_id, OLD.recorded_at)
        THEN
            RAISE EXCEPTION 'a sheet of the portal is not recorded afterwards'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND (NEW.decree_id, NEW.designated_on) IS DISTINCT FROM
           (OLD.decree_id, OLD.designated_on)
           AND (
               OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL
               OR NEW.certificate_id IS NOT NULL OR NOT EXISTS (
                   SELECT 1 FROM villages_decree
                   WHERE id = NEW.decree_id AND number <> '' AND dated = NEW.designated_on
               )
           )
        THEN
            RAISE EXCEPTION 'what is recorded keeps its decree'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND NEW.certificate_id IS DISTINCT FROM OLD.certificate_id
           AND EXISTS (
               SELECT 1 FROM certificates_certificate
               WHERE id = NEW.certificate_id AND ordered_by_id = NEW.recorded_by_id
           )
        THEN
            RAISE EXCEPTION 'who recorded it does not order its certificate'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.recorded_by_id IS NOT NULL AND NOT (
        NEW.status = 'approved' AND NEW.certificate_id IS NULL AND EXISTS (
            SELECT 1 FROM villages_decree
            WHERE id = NEW.decree_id AND number <> '' AND dated = NEW.designated_on
        )
    ) THEN
        RAISE EXCEPTION 'recorded is what a numbered decree has designated'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_recorded BEFORE INSERT OR UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_recorded();

-- Asked when the transaction ends: the decree is corrected first, its designations follow.
CREATE FUNCTION decree_of_what_is_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_designation AS sheet
        JOIN villages_decree AS decree ON decree.id = sheet.decree_id
        WHERE decree.id = NEW.id AND sheet.recorded_by_id IS NOT NULL
          AND (decree.number = '' OR decree.dated <> sheet.designated_on)
    ) THEN
        RAISE EXCEPTION 'what is recorded bears the day of its numbered decree'
            USING ERRCODE = '23514', CONSTRAINT = 'decree_of_what_is_recorded';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decree_of_what_is_recorded AFTER UPDATE ON villages_decree
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.number <> '' AND
          (NEW.number, NEW.dated) IS DISTINCT FROM (OLD.number, OLD.dated))
    EXECUTE FUNCTION decree_of_what_is_recorded();

CREATE FUNCTION designation_recorded_certified() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ordered bigint;
BEGIN
    IF OLD.certified_as_id IS NOT NULL AND NEW.certified_as_id IS DISTINCT FROM OLD.certified_as_id
    THEN
        RAISE EXCEPTION 'a certificate was ordered once'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded_certified';
    END IF;
    IF NEW.recorded_by_id IS NULL OR NEW.certificate_id IS NULL
       OR NEW.certificate_id IS NOT DISTINCT FROM OLD.certificate_id
    THEN
        RETURN NEW;
    END IF;
    SELECT ordered_by_id INTO ordered FROM certificates_certificate WHERE id = NEW.certificate_id;
    IF EXISTS (
        SELECT 1 FROM villages_preparer WHERE designation_id = NEW.id AND user_id = ordered
    ) THEN
        RAISE EXCEPTION 'who brought it in does not order its certificate'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE id = NEW.certified_as_id AND user_id = ordered
          AND office_id = NEW.office_id AND role = 'head'
    ) THEN
        RAISE EXCEPTION 'a head of the office orders the certificate'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded_certified';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_recorded_certified BEFORE UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_recorded_certified();

CREATE FUNCTION designation_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.confirmed_by_id, NEW.confirmed_as_id, NEW.confirmed_at) IS NOT DISTINCT FROM
           (OLD.confirmed_by_id, OLD.confirmed_as_id, OLD.confirmed_at)
        THEN
            RETURN NEW;
        END IF;
        IF OLD.confirmed_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'what is recorded is confirmed once'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
        END IF;
    END IF;
    IF NEW.confirmed_by_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'what is recorded is confirmed afterwards, by another'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
    END IF;
    IF EXISTS (
        SELECT 1 FROM villages_preparer
        WHERE designation_id = NEW.id AND user_id = NEW.confirmed_by_id
    ) THEN
        RAISE EXCEPTION 'who brought it in does not confirm it'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE id = NEW.confirmed_as_id AND user_id = NEW.confirmed_by_id
          AND office_id = NEW.office_id AND role = 'head'
    ) THEN
        RAISE EXCEPTION 'a head of the office confirms what is recorded'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
    END IF;
    -- The public would read it as the word of the office that guides the village by then.
    IF NOT EXISTS (
        SELECT 1 FROM villages_village WHERE id = NEW.village_id AND office_id = NEW.office_id
    ) THEN
        RAISE EXCEPTION 'an office does not confirm what another guides'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_confirmed BEFORE INSERT OR UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_confirmed();

CREATE FUNCTION import_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'confirmed' AND (NEW.status, NEW.status_by_id, NEW.status_at)
       IS DISTINCT FROM (OLD.status, OLD.status_by_id, OLD.status_at)
    THEN
        RAISE EXCEPTION 'a table is confirmed once'
            USING ERRCODE = '23514', CONSTRAINT = 'import_settled';
    END IF;
    IF OLD.recorded_by_id IS NOT NULL AND (NEW.recorded_by_id, NEW.recorded_at)
       IS DISTINCT FROM (OLD.recorded_by_id, OLD.recorded_at)
    THEN
        RAISE EXCEPTION 'a table keeps who recorded it'
            USING ERRCODE = '23514', CONSTRAINT = 'import_settled';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status IN ('returned', 'confirmed') AND NOT EXISTS (
        SELECT 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        WHERE role.user_id = NEW.status_by_id AND role.office_id = NEW.office_id
          AND role.role = 'head' AND NOT role.awaits
          AND (NEW.status_at AT TIME ZONE office.timezone)::date
              BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity')
    ) THEN
        RAISE EXCEPTION 'a head of the office confirms a table or sends it back'
            USING ERRCODE = '23514', CONSTRAINT = 'import_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER import_settled BEFORE UPDATE ON villages_import
    FOR EACH ROW EXECUTE FUNCTION import_settled();

CREATE FUNCTION import_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND NEW.status IN ('returned', 'confirmed') AND EXISTS (
        SELECT 1 FROM villages_importmaker
        WHERE batch_id = NEW.id AND user_id = NEW.status_by_id
    ) THEN
        RAISE EXCEPTION 'import_maker_is_not_checker: who worked on a table does not confirm it'
            USING ERRCODE = '23514', CONSTRAINT = 'import_maker_is_not_checker';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER import_maker_is_not_checker BEFORE UPDATE OF status ON villages_import
    FOR EACH ROW EXECUTE FUNCTION import_maker_is_not_checker();

CREATE FUNCTION import_maker_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who worked on a table stays one of its makers'
        USING ERRCODE = '23514', CONSTRAINT = 'import_maker_stays';
END $$;
CREATE TRIGGER import_maker_stays BEFORE UPDATE OR DELETE ON villages_importmaker
    FOR EACH ROW EXECUTE FUNCTION import_maker_stays();
"""
BACKWARD = """
DROP FUNCTION
    designation_recorded,
    decree_of_what_is_recorded,
    designation_recorded_certified,
    designation_confirmed,
    import_settled,
    import_maker_is_not_checker,
    import_maker_stays
CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("villages", "0038_roles_outlast_acts")]
    dependencies = [("villages", "0005_endings")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
