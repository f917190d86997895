"""What a decision promises: a certificate, the decree that it printed, and who decided as what.

A trigger that an action or a test tells from others says its name, as a constraint would. What
holds only for decisions made in the portal asks for `decided_as`: they alone have one.
"""

from django.db import migrations

DECISION = """
-- Returning is a decision too, though the sheet comes back from it.
CREATE OR REPLACE FUNCTION designation_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP TRIGGER designation_maker_is_not_checker ON villages_designation;
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
    IF OLD.status = 'approved' AND NEW.status = 'ended' AND EXISTS (
        SELECT 1 FROM villages_revocation WHERE designation_id = NEW.id AND outcome = 'pending'
    ) THEN
        RAISE EXCEPTION 'the revocation is decided first'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_settled BEFORE UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_settled();
"""
DECISION_BACK = """
DROP TRIGGER designation_settled ON villages_designation;
DROP FUNCTION designation_settled();
DROP TRIGGER designation_who_decides ON villages_designation;
DROP FUNCTION designation_who_decides();
DROP TRIGGER designation_maker_is_not_checker ON villages_designation;
CREATE OR REPLACE FUNCTION designation_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""

# Asked when the transaction ends: number and approval arrive in either order, and the certificate
# after both. The decree is held, so that neither of two transactions misses the other.
CERTIFIED = """
CREATE FUNCTION designation_certified() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE numbered bigint;
BEGIN
    IF TG_TABLE_NAME = 'villages_decree' THEN
        numbered := NEW.id;
    ELSE
        SELECT id INTO numbered FROM villages_decree WHERE id = NEW.decree_id FOR SHARE;
    END IF;
    IF EXISTS (
        SELECT 1 FROM villages_designation AS sheet
        JOIN villages_decree AS decree ON decree.id = sheet.decree_id
        WHERE decree.id = numbered AND decree.number <> '' AND sheet.status = 'approved'
          AND sheet.decided_as_id IS NOT NULL AND sheet.certificate_id IS NULL
    ) THEN
        RAISE EXCEPTION 'a numbered decree brings its certificates'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_certified';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER designation_certified AFTER INSERT OR UPDATE ON villages_designation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.status = 'approved' AND NEW.certificate_id IS NULL)
    EXECUTE FUNCTION designation_certified();
CREATE CONSTRAINT TRIGGER decree_certified AFTER UPDATE ON villages_decree
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.number <> OLD.number)
    EXECUTE FUNCTION designation_certified();
"""
CERTIFIED_BACK = """
DROP TRIGGER decree_certified ON villages_decree;
DROP TRIGGER designation_certified ON villages_designation;
DROP FUNCTION designation_certified();
"""

PAPERS = """
CREATE FUNCTION decree_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.number <> '' AND (
        TG_OP = 'DELETE'
        OR (NEW.office_id, NEW.number, NEW.dated, NEW.title, NEW.signer_level, NEW.signer_name)
           IS DISTINCT FROM
           (OLD.office_id, OLD.number, OLD.dated, OLD.title, OLD.signer_level, OLD.signer_name)
    ) THEN
        RAISE EXCEPTION 'a numbered decree is frozen'
            USING ERRCODE = '23514', CONSTRAINT = 'decree_frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decree_frozen BEFORE UPDATE OR DELETE ON villages_decree
    FOR EACH ROW EXECUTE FUNCTION decree_frozen();

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
    RETURN NEW;
END $$;
CREATE TRIGGER revocation_settled BEFORE INSERT OR UPDATE OR DELETE ON villages_revocation
    FOR EACH ROW EXECUTE FUNCTION revocation_settled();

ALTER TABLE villages_decree ADD CONSTRAINT decree_and_office UNIQUE (id, office_id);
ALTER TABLE villages_designation ADD CONSTRAINT designation_decree_of_its_office
    FOREIGN KEY (decree_id, office_id) REFERENCES villages_decree (id, office_id);
ALTER TABLE villages_finding ADD CONSTRAINT finding_and_sheet UNIQUE (id, designation_id);
ALTER TABLE villages_document ADD CONSTRAINT document_finding_of_its_sheet
    FOREIGN KEY (finding_id, designation_id) REFERENCES villages_finding (id, designation_id);
"""
PAPERS_BACK = """
ALTER TABLE villages_document DROP CONSTRAINT document_finding_of_its_sheet;
ALTER TABLE villages_finding DROP CONSTRAINT finding_and_sheet;
ALTER TABLE villages_designation DROP CONSTRAINT designation_decree_of_its_office;
ALTER TABLE villages_decree DROP CONSTRAINT decree_and_office;
DROP TRIGGER revocation_settled ON villages_revocation;
DROP FUNCTION revocation_settled();
DROP TRIGGER decree_frozen ON villages_decree;
DROP FUNCTION decree_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0004_decided_as")]
    operations = [
        migrations.RunSQL(DECISION, DECISION_BACK),
        migrations.RunSQL(CERTIFIED, CERTIFIED_BACK),
        migrations.RunSQL(PAPERS, PAPERS_BACK),
    ]
