"""Whoever is to get no certificate stays on the event, or what was said of them is forgotten."""

import django.db.models.deletion
from django.db import migrations, models

STAYS = """
CREATE OR REPLACE FUNCTION participation_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Whoever was noted by mistake leaves the event once their certificate is revoked, and who has
    -- another name than it bears is called by that from then on. Whether it
    -- is replaced is said then too, and otherwise by taking the person in again.{why}
    IF TG_OP = 'UPDATE'
       AND to_jsonb(NEW) - '{attendee_id,contributor_id,mended_name,unreplaced}'::text[]
           = to_jsonb(OLD) - '{attendee_id,contributor_id,mended_name,unreplaced}'::text[]
       AND COALESCE(NEW.attendee_id = OLD.attendee_id, NEW.attendee_id IS NULL)
       AND COALESCE(NEW.contributor_id = OLD.contributor_id, NEW.contributor_id IS NULL){unless}
       AND OLD.mended_name IN ('', NEW.mended_name)
       AND EXISTS (
           SELECT 1 FROM certificates_certificate
           WHERE id = NEW.certificate_id AND status = 'revoked'
       )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'whose a certificate is stays as it was'
        USING ERRCODE = '23514', CONSTRAINT = 'participation_stays';
END $$;
"""
WHY = " Until then\n    -- they do not leave: noted again, they would get one after all."
UNLESS = """
       AND (NOT OLD.unreplaced OR (NEW.attendee_id, NEW.contributor_id)
            IS NOT DISTINCT FROM (OLD.attendee_id, OLD.contributor_id))"""
BEFORE = STAYS.replace("{why}", "").replace("{unless}", "")
AFTER = STAYS.replace("{why}", WHY).replace("{unless}", UNLESS)


class Migration(migrations.Migration):
    dependencies = [("events", "0040_attendee_vouched_by")]

    operations = [
        migrations.AlterField(
            model_name="exclusion",
            name="attendee",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exclusions",
                to="events.attendee",
            ),
        ),
        migrations.AlterField(
            model_name="exclusion",
            name="contributor",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exclusions",
                to="events.contributor",
            ),
        ),
        migrations.RunSQL(AFTER, BEFORE),
    ]
