"""What the portal drew of a paper is no scan of it: nobody has signed that file."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION scan_is_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM certificates_certificate
        WHERE id = NEW.certificate_id AND sha256 = NEW.sha256
    ) OR EXISTS (
        SELECT 1 FROM certificates_letter WHERE id = NEW.letter_id AND sha256 = NEW.sha256
    ) THEN
        RAISE EXCEPTION 'scan_is_signed: the drawn file is no scan of its paper'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_is_signed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER scan_is_signed BEFORE INSERT ON certificates_scan
    FOR EACH ROW EXECUTE FUNCTION scan_is_signed();
"""
BACKWARD = """
DROP TRIGGER scan_is_signed ON certificates_scan;
DROP FUNCTION scan_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0013_scan_withdrawn")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
