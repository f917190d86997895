"""Letters that count are signed and scanned too; a draft, or one whose number is void, is not."""

import django.db.models.deletion
from django.db import migrations, models

PROMISE = """
CREATE OR REPLACE FUNCTION scan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
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
PROMISE_BACK = """
CREATE OR REPLACE FUNCTION scan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a scan stays as it is'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_stays';
    END IF;
    -- Held, so that it is not revoked in the same moment.
    PERFORM FROM certificates_certificate
        WHERE id = NEW.certificate_id AND status = 'ready' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a certificate in force is signed'
            USING ERRCODE = '23514', CONSTRAINT = 'scan_stays';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("certificates", "0007_letters_numbered_elsewhere")]
    operations = [
        migrations.AlterModelOptions(
            name="scan",
            options={"ordering": ["-pk"], "verbose_name": "pindaian bertanda tangan"},
        ),
        migrations.AlterField(
            model_name="scan",
            name="certificate",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="certificates.certificate",
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scans",
                to="certificates.letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(("certificate", None), ("letter__isnull", False))
                | models.Q(("certificate__isnull", False), ("letter", None)),
                name="scan_of_one_paper",
            ),
        ),
        migrations.RunSQL(PROMISE, PROMISE_BACK),
    ]
