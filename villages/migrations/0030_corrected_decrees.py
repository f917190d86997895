"""The SK of a recorded table is corrected while nobody vouched for what stands under it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

# Whoever confirms or certifies holds the designation first: so these rows are held here, too.
FORWARD = """
CREATE OR REPLACE FUNCTION decree_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION designation_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.recorded_by_id, NEW.recorded_at) IS DISTINCT FROM
           (OLD.recorded_by_id, OLD.recorded_at)
        THEN
            RAISE EXCEPTION 'a sheet of the portal is not recorded afterwards'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND (NEW.decree_id, NEW.designated_on) IS DISTINCT FROM
           (OLD.decree_id, OLD.designated_on)
           AND (
               OLD.confirmed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL
               OR NEW.certificate_id IS NOT NULL OR NOT EXISTS (
                   SELECT 1 FROM villages_decree
                   WHERE id = NEW.decree_id AND number <> '' AND dated = NEW.designated_on
               )
           )
        THEN
            RAISE EXCEPTION 'what is recorded keeps its decree'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND NEW.certificate_id IS DISTINCT FROM OLD.certificate_id
           AND EXISTS (
               SELECT 1 FROM certificates_certificate
               WHERE id = NEW.certificate_id AND ordered_by_id = NEW.recorded_by_id
           )
        THEN
            RAISE EXCEPTION 'who recorded it does not order its certificate'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.recorded_by_id IS NOT NULL AND NOT (
        NEW.status = 'approved' AND NEW.certificate_id IS NULL AND EXISTS (
            SELECT 1 FROM villages_decree
            WHERE id = NEW.decree_id AND number <> '' AND dated = NEW.designated_on
        )
    ) THEN
        RAISE EXCEPTION 'recorded is what a numbered decree has designated'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
    END IF;
    RETURN NEW;
END $$;

-- Asked when the transaction ends: the decree is corrected first, its designations follow.
CREATE FUNCTION decree_of_what_is_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_designation AS sheet
        JOIN villages_decree AS decree ON decree.id = sheet.decree_id
        WHERE decree.id = NEW.id AND sheet.recorded_by_id IS NOT NULL
          AND (decree.number = '' OR decree.dated <> sheet.designated_on)
    ) THEN
        RAISE EXCEPTION 'what is recorded bears the day of its numbered decree'
            USING ERRCODE = '23514', CONSTRAINT = 'decree_of_what_is_recorded';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER decree_of_what_is_recorded AFTER UPDATE ON villages_decree
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.number <> '' AND
          (NEW.number, NEW.dated) IS DISTINCT FROM (OLD.number, OLD.dated))
    EXECUTE FUNCTION decree_of_what_is_recorded();
"""
BACKWARD = """
DROP TRIGGER decree_of_what_is_recorded ON villages_decree;
DROP FUNCTION decree_of_what_is_recorded();
CREATE OR REPLACE FUNCTION designation_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.recorded_by_id, NEW.recorded_at) IS DISTINCT FROM
           (OLD.recorded_by_id, OLD.recorded_at)
        THEN
            RAISE EXCEPTION 'a sheet of the portal is not recorded afterwards'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND (NEW.decree_id, NEW.designated_on) IS DISTINCT FROM
           (OLD.decree_id, OLD.designated_on)
        THEN
            RAISE EXCEPTION 'what is recorded keeps its decree'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND NEW.certificate_id IS DISTINCT FROM OLD.certificate_id
           AND EXISTS (
               SELECT 1 FROM certificates_certificate
               WHERE id = NEW.certificate_id AND ordered_by_id = NEW.recorded_by_id
           )
        THEN
            RAISE EXCEPTION 'who recorded it does not order its certificate'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.recorded_by_id IS NOT NULL AND NOT (
        NEW.status = 'approved' AND NEW.certificate_id IS NULL AND EXISTS (
            SELECT 1 FROM villages_decree
            WHERE id = NEW.decree_id AND number <> '' AND dated = NEW.designated_on
        )
    ) THEN
        RAISE EXCEPTION 'recorded is what a numbered decree has designated'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION decree_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("villages", "0029_struck_out"),
    ]
    operations = [
        migrations.AddField(
            "import", "mended_at", models.DateTimeField(null=True, verbose_name="diperbaiki")
        ),
        migrations.AddField(
            "import",
            "mended_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "import",
            models.CheckConstraint(
                name="import_mended_by_somebody",
                condition=Q(mended_at=None, mended_by=None)
                | Q(mended_at__isnull=False, mended_by__isnull=False),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
