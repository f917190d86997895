"""A number in small letters or in capitals is one number, as it is among decrees."""

import django.db.models.functions.text
from django.db import migrations, models

FORWARD = """
CREATE OR REPLACE FUNCTION register_skips_what_is_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM certificates_registerentry AS written
        WHERE written.id = NEW.skips_id AND written.serial IS NULL
          AND (written.office_id, written.year, upper(written.number))
              = (NEW.office_id, NEW.year, upper(NEW.number))
    ) THEN
        RAISE EXCEPTION 'only a number that was written by hand is skipped'
            USING ERRCODE = '23514', CONSTRAINT = 'register_skips_what_is_written';
    END IF;
    RETURN NEW;
END $$;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION register_skips_what_is_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM certificates_registerentry AS written
        WHERE written.id = NEW.skips_id AND written.serial IS NULL
          AND (written.office_id, written.year, written.number)
              = (NEW.office_id, NEW.year, NEW.number)
    ) THEN
        RAISE EXCEPTION 'only a number that was written by hand is skipped'
            USING ERRCODE = '23514', CONSTRAINT = 'register_skips_what_is_written';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0003_register")]
    operations = [
        migrations.RemoveConstraint(model_name="registerentry", name="register_number_once"),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.UniqueConstraint(
                models.F("office"),
                models.F("year"),
                django.db.models.functions.text.Upper("number"),
                condition=models.Q(("skips", None)),
                name="register_number_once",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
