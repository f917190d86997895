"""Signed certificates as they were scanned: kept for ever, and only of papers in force."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

PROMISES = """
CREATE FUNCTION scan_stays() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER scan_stays BEFORE INSERT OR UPDATE OR DELETE ON certificates_scan
    FOR EACH ROW EXECUTE FUNCTION scan_stays();
"""
PROMISES_BACK = """
DROP TRIGGER scan_stays ON certificates_scan;
DROP FUNCTION scan_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0005_register_by_hand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.CharField(max_length=80, verbose_name="berkas")),
                ("name", models.CharField(max_length=120, verbose_name="nama berkas")),
                ("content_type", models.CharField(max_length=40, verbose_name="jenis")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="ukuran")),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="certificates.certificate",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pindaian sertifikat",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sha256__regex", "^[0-9a-f]{64}$"),
                            ("size__gt", 0),
                            models.Q(("file", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="scan_is_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="scan_type_allowed",
                    ),
                ],
            },
        ),
        migrations.RunSQL(PROMISES, PROMISES_BACK),
    ]
