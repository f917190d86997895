"""A sheet: the steps it takes, what stays once it is submitted, and who may decide."""

from django.db import migrations

FORWARD = """
ALTER TABLE villages_finding ADD CONSTRAINT finding_and_sheet UNIQUE (id, designation_id);
ALTER TABLE villages_document ADD CONSTRAINT document_finding_of_its_sheet
    FOREIGN KEY (finding_id, designation_id) REFERENCES villages_finding (id, designation_id);

CREATE FUNCTION designation_promises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'designation is never deleted' USING ERRCODE = '23514';
    END IF;
    IF (NEW.village_id, NEW.office_id, NEW.created_by_id)
       IS DISTINCT FROM (OLD.village_id, OLD.office_id, OLD.created_by_id)
    THEN
        RAISE EXCEPTION 'designation keeps its village and office' USING ERRCODE = '23514';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'returned'),
        ('submitted', 'rejected'), ('submitted', 'approved'), ('approved', 'revoked'),
        ('approved', 'ended'), ('draft', 'withdrawn'), ('returned', 'withdrawn'),
        ('approved', 'struck')
    ) THEN
        RAISE EXCEPTION 'no step leads from % to %', OLD.status, NEW.status
            USING ERRCODE = '23514';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status = 'submitted' AND NOT (
        EXISTS (SELECT 1 FROM villages_finding WHERE designation_id = NEW.id)
        AND EXISTS (SELECT 1 FROM villages_consent WHERE designation_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'a sheet needs a finding and the consent' USING ERRCODE = '23514';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status = 'revoked' AND NOT EXISTS (
        SELECT 1 FROM villages_revocation
        WHERE designation_id = NEW.id AND outcome = 'confirmed'
    ) THEN
        RAISE EXCEPTION 'a revocation needs two persons' USING ERRCODE = '23514';
    END IF;
    IF OLD.decided_by_id IS NOT NULL AND (NEW.decided_by_id, NEW.decided_at)
       IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at)
    THEN
        RAISE EXCEPTION 'designation was decided once' USING ERRCODE = '23514';
    END IF;
    IF OLD.certificate_id IS NOT NULL AND NEW.certificate_id IS DISTINCT FROM OLD.certificate_id
    THEN
        RAISE EXCEPTION 'designation keeps its certificate' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_promises BEFORE UPDATE OR DELETE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_promises();

CREATE FUNCTION sheet_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet bigint;
    standing text;
BEGIN
    IF TG_OP = 'DELETE' THEN sheet := OLD.designation_id; ELSE sheet := NEW.designation_id; END IF;
    IF TG_OP = 'UPDATE' AND NEW.designation_id <> OLD.designation_id THEN
        RAISE EXCEPTION 'a frozen sheet loses nothing to another' USING ERRCODE = '23514';
    END IF;
    SELECT status INTO standing FROM villages_designation WHERE id = sheet FOR NO KEY UPDATE;
    IF standing NOT IN ('draft', 'returned') THEN
        RAISE EXCEPTION 'a submitted sheet is frozen' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER finding_frozen BEFORE INSERT OR UPDATE OR DELETE ON villages_finding
    FOR EACH ROW EXECUTE FUNCTION sheet_frozen();
CREATE TRIGGER coordination_frozen BEFORE INSERT OR UPDATE OR DELETE ON villages_coordination
    FOR EACH ROW EXECUTE FUNCTION sheet_frozen();
CREATE TRIGGER consent_frozen BEFORE INSERT OR UPDATE OR DELETE ON villages_consent
    FOR EACH ROW EXECUTE FUNCTION sheet_frozen();
-- The scan of the decree comes after the decision; everything else belongs to the sheet.
CREATE TRIGGER document_frozen_new BEFORE INSERT ON villages_document
    FOR EACH ROW WHEN (NEW.purpose <> 'decree') EXECUTE FUNCTION sheet_frozen();
CREATE TRIGGER document_frozen_changed BEFORE UPDATE ON villages_document
    FOR EACH ROW WHEN (OLD.purpose <> 'decree' OR NEW.purpose <> 'decree')
    EXECUTE FUNCTION sheet_frozen();
CREATE TRIGGER document_frozen_old BEFORE DELETE ON villages_document
    FOR EACH ROW WHEN (OLD.purpose <> 'decree') EXECUTE FUNCTION sheet_frozen();

CREATE FUNCTION preparer_promises() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE decider bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a preparer stays a preparer' USING ERRCODE = '23514';
    END IF;
    SELECT decided_by_id INTO decider FROM villages_designation
        WHERE id = NEW.designation_id FOR NO KEY UPDATE;
    IF decider = NEW.user_id THEN
        RAISE EXCEPTION 'who decided may not become a preparer' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER preparer_promises BEFORE INSERT OR UPDATE OR DELETE ON villages_preparer
    FOR EACH ROW EXECUTE FUNCTION preparer_promises();

CREATE FUNCTION criterion_used_keeps_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.key, NEW.label, NEW.hint) IS DISTINCT FROM (OLD.key, OLD.label, OLD.hint)
       AND EXISTS (SELECT 1 FROM villages_finding WHERE criterion_id = NEW.id)
    THEN
        RAISE EXCEPTION 'a criterion in use keeps its words'
            USING ERRCODE = '23514', CONSTRAINT = 'criterion_used_keeps_words';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER criterion_used_keeps_words BEFORE UPDATE ON villages_criterion
    FOR EACH ROW EXECUTE FUNCTION criterion_used_keeps_words();

CREATE FUNCTION consent_has_its_own_scan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM villages_document
        WHERE id = NEW.scan_id AND designation_id = NEW.designation_id AND purpose = 'consent'
    ) THEN
        RAISE EXCEPTION 'the scan of a consent is its own' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER consent_has_its_own_scan BEFORE INSERT OR UPDATE ON villages_consent
    FOR EACH ROW EXECUTE FUNCTION consent_has_its_own_scan();

-- Returning is a decision too, though the sheet comes back from it.
CREATE FUNCTION designation_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE checker bigint := NEW.decided_by_id;
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.status = 'submitted' AND NEW.status = 'returned' THEN
        checker := NEW.status_by_id;
    END IF;
    IF EXISTS (
        SELECT 1 FROM villages_preparer WHERE designation_id = NEW.id AND user_id = checker
    ) THEN
        RAISE EXCEPTION 'a preparer may not decide'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_maker_is_not_checker BEFORE INSERT OR UPDATE OF decided_by_id, status
    ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_maker_is_not_checker();

CREATE FUNCTION designation_who_decides() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_as_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE id = NEW.decided_as_id AND user_id = NEW.decided_by_id
          AND office_id = NEW.office_id AND role = 'head'
    ) THEN
        RAISE EXCEPTION 'a head of the office decides'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_who_decides';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_who_decides BEFORE INSERT OR UPDATE OF decided_by_id, decided_as_id
    ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_who_decides();

CREATE FUNCTION designation_decider_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION designation_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decided_by_id IS NOT NULL AND NEW.decided_as_id IS DISTINCT FROM OLD.decided_as_id THEN
        RAISE EXCEPTION 'designation was decided once'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
    END IF;
    IF OLD.certificate_id IS NOT NULL AND (NEW.decree_id, NEW.designated_on, NEW.signer)
       IS DISTINCT FROM (OLD.decree_id, OLD.designated_on, OLD.signer)
    THEN
        RAISE EXCEPTION 'what the certificate prints stays'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
    END IF;
    IF OLD.status = 'approved' AND NEW.status IN ('ended', 'struck') AND EXISTS (
        SELECT 1 FROM villages_revocation WHERE designation_id = NEW.id AND outcome = 'pending'
    ) THEN
        RAISE EXCEPTION 'the revocation is decided first'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_settled BEFORE UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_settled();

CREATE FUNCTION designation_signs_as_chosen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who signs was chosen with the decision'
        USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
END $$;
CREATE TRIGGER designation_signs_as_chosen BEFORE UPDATE OF signs ON villages_designation
    FOR EACH ROW WHEN (OLD.signs <> '' AND NEW.signs <> OLD.signs)
    EXECUTE FUNCTION designation_signs_as_chosen();

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
"""
BACKWARD = """
DROP FUNCTION
    designation_promises,
    sheet_frozen,
    preparer_promises,
    criterion_used_keeps_words,
    consent_has_its_own_scan,
    designation_maker_is_not_checker,
    designation_who_decides,
    designation_decider_confirmed,
    designation_settled,
    designation_signs_as_chosen,
    designation_in_an_open_office
CASCADE;
ALTER TABLE villages_document DROP CONSTRAINT document_finding_of_its_sheet;
ALTER TABLE villages_finding DROP CONSTRAINT finding_and_sheet;
"""


class Migration(migrations.Migration):
    replaces = [("villages", "0035_office_leaves_nobody")]
    dependencies = [("villages", "0002_criteria")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
