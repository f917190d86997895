"""Two persons revoke, a head ends, and no role ends before its last act."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION revocation_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE standing text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT status INTO standing FROM villages_designation
            WHERE id = NEW.designation_id FOR NO KEY UPDATE;
        IF standing <> 'approved' THEN
            RAISE EXCEPTION 'only what stands is revoked'
                USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
        END IF;
        IF NEW.outcome <> 'pending' THEN
            RAISE EXCEPTION 'a revocation is asked for first'
                USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.outcome <> 'pending'
       OR (NEW.designation_id, NEW.reason, NEW.requested_by_id, NEW.requested_at)
          IS DISTINCT FROM
          (OLD.designation_id, OLD.reason, OLD.requested_by_id, OLD.requested_at)
    THEN
        RAISE EXCEPTION 'a request to revoke is settled once, as it was made'
            USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
    END IF;
    IF NEW.outcome <> 'pending' AND NOT EXISTS (
        SELECT 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        JOIN villages_village AS village ON village.office_id = office.id
        JOIN villages_designation AS sheet ON sheet.village_id = village.id
        WHERE role.role = 'head' AND NOT role.awaits AND sheet.id = NEW.designation_id
          AND role.id = NEW.decided_as_id AND role.user_id = NEW.decided_by_id
          AND (NEW.decided_at AT TIME ZONE office.timezone)::date
              BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity')
    ) THEN
        RAISE EXCEPTION 'a head of the office that guides the village decides on its revocation'
            USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER revocation_settled BEFORE INSERT OR UPDATE OR DELETE ON villages_revocation
    FOR EACH ROW EXECUTE FUNCTION revocation_settled();

CREATE FUNCTION designation_closed_by_a_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'ended' AND NEW.ended_as_id IS DISTINCT FROM OLD.ended_as_id THEN
        RAISE EXCEPTION 'a guidance is ended once'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_closed_by_a_head';
    END IF;
    IF NEW.status IS NOT DISTINCT FROM OLD.status THEN
        RETURN NEW;
    END IF;
    IF NEW.status = 'ended' AND NOT EXISTS (
        SELECT 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        JOIN villages_village AS village ON village.office_id = office.id
        WHERE role.role = 'head' AND NOT role.awaits AND village.id = NEW.village_id
          AND role.id = NEW.ended_as_id AND role.user_id = NEW.status_by_id
          AND (NEW.status_at AT TIME ZONE office.timezone)::date
              BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity')
    ) THEN
        RAISE EXCEPTION 'a head of the office that guides the village ends the guidance'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_closed_by_a_head';
    END IF;
    -- Of what is revoked, the granted request says who decided, and as what.
    IF NEW.status = 'revoked' AND EXISTS (
        SELECT 1 FROM villages_revocation
        WHERE designation_id = NEW.id AND outcome = 'confirmed'
          AND decided_by_id <> NEW.status_by_id
    ) THEN
        RAISE EXCEPTION 'whoever granted the request revokes'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_closed_by_a_head';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_closed_by_a_head
    BEFORE INSERT OR UPDATE OF status, ended_as_id ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_closed_by_a_head();

CREATE FUNCTION membership_outlasts_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (
            SELECT decided_at AS moment FROM villages_designation WHERE decided_as_id = NEW.id
            UNION ALL
            SELECT confirmed_at FROM villages_designation WHERE confirmed_as_id = NEW.id
            UNION ALL
            SELECT status_at FROM villages_designation WHERE ended_as_id = NEW.id
            UNION ALL
            SELECT ordered_at FROM villages_designation AS sheet
            JOIN certificates_certificate AS certificate ON certificate.id = sheet.certificate_id
            WHERE sheet.certified_as_id = NEW.id
            UNION ALL
            SELECT decided_at FROM villages_revocation WHERE decided_as_id = NEW.id
        ) AS act
        JOIN accounts_office AS office ON office.id = NEW.office_id
        WHERE (act.moment AT TIME ZONE office.timezone)::date > NEW.ends_on
    ) THEN
        RAISE EXCEPTION 'a role lasts as long as whoever holds it acted in it'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_outlasts_acts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_outlasts_acts BEFORE UPDATE OF ends_on ON accounts_membership
    FOR EACH ROW WHEN (NEW.ends_on < coalesce(OLD.ends_on, 'infinity'))
    EXECUTE FUNCTION membership_outlasts_acts();
"""
BACKWARD = """
DROP FUNCTION
    revocation_settled,
    designation_closed_by_a_head,
    membership_outlasts_acts
CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("villages", "0037_decree_changed_by")]
    dependencies = [("villages", "0004_decrees")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
