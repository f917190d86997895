"""What the tree of offices promises."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION office_has_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above record;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'the kind of an office is final'
            USING ERRCODE = '23514', CONSTRAINT = 'office_kind_is_final';
    END IF;
    IF NEW.parent_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT kind, closed_on INTO above FROM accounts_office WHERE id = NEW.parent_id FOR SHARE;
    IF NOT (above.kind = 'directorate'
            OR above.kind = 'regional' AND NEW.kind IN ('immigration_office', 'detention_house'))
    THEN
        RAISE EXCEPTION 'an office stands below a Kanwil or the Ditjen, a Kanwil below the Ditjen'
            USING ERRCODE = '23514', CONSTRAINT = 'office_stands_in_its_place';
    END IF;
    IF above.closed_on IS NOT NULL
       AND (NEW.closed_on IS NULL OR NEW.closed_on > above.closed_on)
    THEN
        RAISE EXCEPTION 'an office stands below one that is open'
            USING ERRCODE = '23514', CONSTRAINT = 'office_below_an_open_one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_has_its_place
    BEFORE INSERT OR UPDATE OF kind, parent_id, closed_on ON accounts_office
    FOR EACH ROW EXECUTE FUNCTION office_has_its_place();

CREATE FUNCTION office_closed_is_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM accounts_office
               WHERE parent_id = NEW.id AND (closed_on IS NULL OR closed_on > NEW.closed_on))
    THEN
        RAISE EXCEPTION 'units below are open'
            USING ERRCODE = '23514', CONSTRAINT = 'office_closed_has_no_units';
    END IF;
    IF EXISTS (SELECT 1 FROM accounts_membership
               WHERE office_id = NEW.id AND (ends_on IS NULL OR ends_on >= NEW.closed_on))
    THEN
        RAISE EXCEPTION 'somebody serves there'
            USING ERRCODE = '23514', CONSTRAINT = 'office_closed_has_nobody';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_closed_is_empty
    BEFORE UPDATE OF closed_on ON accounts_office
    FOR EACH ROW WHEN (NEW.closed_on IS NOT NULL) EXECUTE FUNCTION office_closed_is_empty();
"""
BACKWARD = """
DROP FUNCTION office_has_its_place, office_closed_is_empty CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("accounts", "0016_signed_out_at")]
    dependencies = [("accounts", "0003_roles")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
