"""Which event a sheet names is part of the sheet, and stays as the words taken from it stay."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION occasion_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sheet bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.designation_id ELSE OLD.designation_id END;
    its text := CASE WHEN TG_OP = 'INSERT' THEN NEW.part ELSE OLD.part END;
    standing text;
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.designation_id, NEW.part) IS DISTINCT FROM (OLD.designation_id, OLD.part)
    THEN
        RAISE EXCEPTION 'it belongs to its part of its sheet'
            USING ERRCODE = '23514', CONSTRAINT = 'occasion_frozen';
    END IF;
    SELECT status INTO standing FROM villages_designation WHERE id = sheet FOR NO KEY UPDATE;
    IF its = 'coordination' AND standing NOT IN ('draft', 'returned')
       OR its = 'ceremony' AND standing NOT IN ('submitted', 'approved', 'revoked', 'ended')
    THEN
        RAISE EXCEPTION 'a submitted sheet keeps the event that it names'
            USING ERRCODE = '23514', CONSTRAINT = 'occasion_frozen';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER occasion_frozen BEFORE INSERT OR UPDATE OR DELETE ON events_occasion
    FOR EACH ROW EXECUTE FUNCTION occasion_frozen();
"""
BACKWARD = "DROP FUNCTION occasion_frozen CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("events", "0019_materials_stay")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
