"""Nobody decides, confirms or certifies in a role that is not in force on the office's day."""

from django.db import migrations

FORWARD = """
DROP TRIGGER designation_decider_confirmed ON villages_designation;
CREATE OR REPLACE FUNCTION designation_decider_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ordered timestamptz;
BEGIN
    IF NEW.certified_as_id IS NOT NULL THEN
        SELECT ordered_at INTO ordered FROM certificates_certificate WHERE id = NEW.certificate_id;
    END IF;
    -- What was said earlier is left alone: a role that ends later was in force then.
    IF EXISTS (
        SELECT 1
        FROM (VALUES
            (NEW.decided_as_id, NEW.decided_at, OLD.decided_as_id, OLD.decided_at),
            (NEW.confirmed_as_id, NEW.confirmed_at, OLD.confirmed_as_id, OLD.confirmed_at),
            (NEW.certified_as_id, ordered, OLD.certified_as_id, ordered)
        ) AS act (role_id, moment, former_id, formerly)
        JOIN accounts_membership AS role ON role.id = act.role_id
        JOIN accounts_office AS office ON office.id = role.office_id
        WHERE (act.role_id, act.moment) IS DISTINCT FROM (act.former_id, act.formerly)
          AND (role.awaits
               OR (act.moment AT TIME ZONE office.timezone)::date
                  NOT BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity'))
    ) THEN
        RAISE EXCEPTION 'the role in which this is decided awaits its confirmation, or is not in force'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_decider_confirmed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_decider_confirmed
    BEFORE INSERT OR UPDATE OF decided_as_id, decided_at, certified_as_id, confirmed_as_id, confirmed_at
    ON villages_designation FOR EACH ROW EXECUTE FUNCTION designation_decider_confirmed();

CREATE OR REPLACE FUNCTION import_settled() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""
BACKWARD = """
DROP TRIGGER designation_decider_confirmed ON villages_designation;
CREATE OR REPLACE FUNCTION designation_decider_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION import_settled() RETURNS trigger LANGUAGE plpgsql AS $$
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
        SELECT 1 FROM accounts_membership
        WHERE user_id = NEW.status_by_id AND office_id = NEW.office_id AND role = 'head'
    ) THEN
        RAISE EXCEPTION 'a head of the office confirms a table or sends it back'
            USING ERRCODE = '23514', CONSTRAINT = 'import_settled';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_head_confirmed"),
        ("certificates", "0001_papers"),
        ("villages", "0030_corrected_decrees"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
