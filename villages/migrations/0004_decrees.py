"""A decree: numbered once, certified with its number, changed by nobody who decided."""

from django.db import migrations

FORWARD = """
ALTER TABLE villages_decree ADD CONSTRAINT decree_and_office UNIQUE (id, office_id);
ALTER TABLE villages_designation ADD CONSTRAINT designation_decree_of_its_office
    FOREIGN KEY (decree_id, office_id) REFERENCES villages_decree (id, office_id);

CREATE FUNCTION decree_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.number <> '' THEN
            RAISE EXCEPTION 'a numbered decree is frozen'
                USING ERRCODE = '23514', CONSTRAINT = 'decree_frozen';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.number = ''
       OR (NEW.office_id, NEW.number, NEW.dated, NEW.title, NEW.signer_level, NEW.signer_name)
          IS NOT DISTINCT FROM
          (OLD.office_id, OLD.number, OLD.dated, OLD.title, OLD.signer_level, OLD.signer_name)
    THEN
        RETURN NEW;
    END IF;
    PERFORM 1 FROM villages_designation WHERE decree_id = OLD.id ORDER BY id FOR NO KEY UPDATE;
    IF NEW.office_id = OLD.office_id
       AND EXISTS (SELECT 1 FROM villages_designation WHERE decree_id = OLD.id)
       AND NOT EXISTS (
           SELECT 1 FROM villages_designation
           WHERE decree_id = OLD.id AND (
               recorded_by_id IS NULL OR confirmed_by_id IS NOT NULL OR certificate_id IS NOT NULL
           )
       )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a numbered decree is frozen'
        USING ERRCODE = '23514', CONSTRAINT = 'decree_frozen';
END $$;
CREATE TRIGGER decree_frozen BEFORE UPDATE OR DELETE ON villages_decree
    FOR EACH ROW EXECUTE FUNCTION decree_frozen();

CREATE FUNCTION decree_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM villages_designation WHERE decree_id = NEW.id)
       AND (NEW.changed_by_id IS NULL OR EXISTS (
           SELECT 1 FROM villages_preparer AS preparer
           JOIN villages_designation AS sheet ON sheet.id = preparer.designation_id
           WHERE sheet.decree_id = NEW.id AND preparer.user_id = NEW.changed_by_id
       ))
    THEN
        RAISE EXCEPTION 'nobody who prepared what a decree decides puts its words right'
            USING ERRCODE = '23514', CONSTRAINT = 'decree_maker_is_not_checker';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decree_maker_is_not_checker
    BEFORE UPDATE OF title, signer_level, signer_name ON villages_decree
    FOR EACH ROW WHEN (
        OLD.number = '' AND (NEW.title, NEW.signer_level, NEW.signer_name)
        IS DISTINCT FROM (OLD.title, OLD.signer_level, OLD.signer_name)
    ) EXECUTE FUNCTION decree_maker_is_not_checker();

CREATE FUNCTION designation_holds_decree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM villages_decree WHERE id = NEW.decree_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_holds_decree
    BEFORE INSERT OR UPDATE OF decree_id, certificate_id ON villages_designation
    FOR EACH ROW WHEN (NEW.decree_id IS NOT NULL)
    EXECUTE FUNCTION designation_holds_decree();

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
BACKWARD = """
DROP FUNCTION
    decree_frozen,
    decree_maker_is_not_checker,
    designation_holds_decree,
    designation_certified
CASCADE;
ALTER TABLE villages_designation DROP CONSTRAINT designation_decree_of_its_office;
ALTER TABLE villages_decree DROP CONSTRAINT decree_and_office;
"""


class Migration(migrations.Migration):
    replaces = [("villages", "0036_decree_held")]
    dependencies = [("villages", "0003_sheets")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
