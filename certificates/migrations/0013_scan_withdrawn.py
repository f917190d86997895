"""A wrong scan is taken back with a reason, once; it stays for the office, and is in use no more."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

HEAD = """
CREATE OR REPLACE FUNCTION scan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
"""
TAKEN_BACK = """
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
       AND to_jsonb(NEW) - '{withdrawn_at,withdrawn_by_id,withdrawn_reason}'::text[]
           = to_jsonb(OLD) - '{withdrawn_at,withdrawn_by_id,withdrawn_reason}'::text[]
    THEN
        RETURN NEW;
    END IF;
"""
TAIL = """
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a scan stays as it is'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_stays';
    END IF;
    -- Held, so that it is not revoked in the same moment.
    PERFORM FROM certificates_certificate
        WHERE id = NEW.certificate_id AND status = 'ready' FOR SHARE;
    IF FOUND THEN RETURN NEW; END IF;
    PERFORM FROM certificates_letter AS letter
        WHERE id = NEW.letter_id AND status = 'ready' AND entry_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM certificates_void WHERE entry_id = letter.entry_id)
        FOR SHARE OF letter;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a paper in force is signed'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_stays';
    END IF;
    RETURN NEW;
END $$;
"""
# On the way back, before anything else: what was taken out of use would be in use again.
REFUSE = """
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM certificates_scan WHERE withdrawn_at IS NOT NULL) THEN
        RAISE EXCEPTION 'withdrawn scans would be in use again: restore a dump instead'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_withdrawn_by_whom_and_why';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("certificates", "0012_number_skipped_by_each_kind"),
    ]
    operations = [
        migrations.AddField(
            "scan", "withdrawn_at", models.DateTimeField(null=True, verbose_name="ditarik")
        ),
        migrations.AddField(
            "scan",
            "withdrawn_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "scan",
            "withdrawn_reason",
            models.TextField(blank=True, default="", verbose_name="alasan penarikan"),
        ),
        migrations.AddConstraint(
            "scan",
            models.CheckConstraint(
                name="scan_withdrawn_by_whom_and_why",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
            ),
        ),
        migrations.RunSQL(HEAD + TAKEN_BACK + TAIL, HEAD + TAIL),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSE),
    ]
