"""A letter may carry a number that the correspondence system gave; a certificate never does."""

from django.db import migrations

HEAD = """
CREATE OR REPLACE FUNCTION paper_number_is_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM certificates_registerentry WHERE id = NEW.entry_id AND serial IS NULL{only}
        UNION ALL SELECT 1 FROM certificates_void WHERE entry_id = NEW.entry_id
        UNION ALL SELECT 1 FROM certificates_certificate WHERE entry_id = NEW.entry_id
        UNION ALL SELECT 1 FROM certificates_letter WHERE entry_id = NEW.entry_id
    ) THEN
        RAISE EXCEPTION 'a paper takes a new number'
            USING ERRCODE = '23514', CONSTRAINT = 'paper_number_is_its_own';
    END IF;
    RETURN NEW;
END $$;
"""
CERTIFICATES_ONLY = "\n            AND TG_TABLE_NAME = 'certificates_certificate'"


class Migration(migrations.Migration):
    dependencies = [("certificates", "0006_signed_scans")]
    operations = [
        migrations.RunSQL(HEAD.replace("{only}", CERTIFICATES_ONLY), HEAD.replace("{only}", ""))
    ]
