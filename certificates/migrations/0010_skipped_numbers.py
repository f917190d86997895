"""A number that was written by hand is skipped: its serial stays in the register, void."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

OWN_NUMBER = """
CREATE FUNCTION paper_takes_no_skipped_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM certificates_registerentry
        WHERE id = NEW.entry_id AND skips_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a paper takes a new number'
            USING ERRCODE = '23514', CONSTRAINT = 'paper_number_is_its_own';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_takes_no_skipped_number BEFORE INSERT ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION paper_takes_no_skipped_number();
CREATE TRIGGER paper_takes_no_skipped_number BEFORE INSERT ON certificates_letter
    FOR EACH ROW EXECUTE FUNCTION paper_takes_no_skipped_number();
"""
OWN_NUMBER_BACK = """
DROP TRIGGER paper_takes_no_skipped_number ON certificates_letter;
DROP TRIGGER paper_takes_no_skipped_number ON certificates_certificate;
DROP FUNCTION paper_takes_no_skipped_number();
"""
SKIPS = """
CREATE FUNCTION register_skips_what_is_written() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER register_skips_what_is_written BEFORE INSERT ON certificates_registerentry
    FOR EACH ROW WHEN (NEW.skips_id IS NOT NULL)
    EXECUTE FUNCTION register_skips_what_is_written();
"""
SKIPS_BACK = """
DROP TRIGGER register_skips_what_is_written ON certificates_registerentry;
DROP FUNCTION register_skips_what_is_written();
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0009_exports")]
    operations = [
        migrations.AddField(
            model_name="registerentry",
            name="skips",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="skipped_by",
                to="certificates.registerentry",
            ),
        ),
        migrations.RemoveConstraint("registerentry", "register_number_once"),
        migrations.AddConstraint(
            "registerentry",
            models.UniqueConstraint(
                name="register_number_once",
                fields=["office", "year", "number"],
                condition=Q(skips=None),
            ),
        ),
        migrations.AddConstraint(
            "registerentry",
            models.CheckConstraint(
                name="register_skips_with_a_serial",
                condition=Q(skips=None) | Q(serial__isnull=False),
            ),
        ),
        migrations.RunSQL(SKIPS, SKIPS_BACK),
        migrations.RunSQL(OWN_NUMBER, OWN_NUMBER_BACK),
    ]
