"""What a sheet promises: maker is not checker, and a submitted sheet is frozen."""

from django.db import migrations

FORWARD = """
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
        ('approved', 'ended'), ('draft', 'withdrawn'), ('returned', 'withdrawn')
    ) THEN
        RAISE EXCEPTION 'no step leads from % to %', OLD.status, NEW.status USING ERRCODE = '23514';
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

-- Maker is not checker. The rows of both sides are locked first, so that neither slips past the
-- other in a transaction that is still open.
CREATE FUNCTION designation_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.decided_by_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM villages_preparer
        WHERE designation_id = NEW.id AND user_id = NEW.decided_by_id
    ) THEN
        RAISE EXCEPTION 'a preparer may not decide' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_maker_is_not_checker BEFORE INSERT OR UPDATE OF decided_by_id
    ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_maker_is_not_checker();

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
"""
BACKWARD = """
DROP TRIGGER document_frozen_old ON villages_document;
DROP TRIGGER document_frozen_changed ON villages_document;
DROP TRIGGER document_frozen_new ON villages_document;
DROP TRIGGER consent_frozen ON villages_consent;
DROP TRIGGER consent_has_its_own_scan ON villages_consent;
DROP FUNCTION consent_has_its_own_scan();
DROP TRIGGER coordination_frozen ON villages_coordination;
DROP TRIGGER finding_frozen ON villages_finding;
DROP FUNCTION sheet_frozen();
DROP TRIGGER preparer_promises ON villages_preparer;
DROP FUNCTION preparer_promises();
DROP TRIGGER designation_maker_is_not_checker ON villages_designation;
DROP FUNCTION designation_maker_is_not_checker();
DROP TRIGGER designation_promises ON villages_designation;
DROP FUNCTION designation_promises();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0001_villages_and_sheets")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
