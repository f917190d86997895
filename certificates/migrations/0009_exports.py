"""Exports: what a worker writes for one person; the file goes, what was taken out stays known."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FROZEN = """
CREATE FUNCTION export_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'who took what out of the portal is remembered'
            USING ERRCODE = '23514', CONSTRAINT = 'export_frozen';
    END IF;
    IF (NEW.kind, NEW.office_id, NEW.title, NEW.facts, NEW.office_ids, NEW.ordered_by_id,
        NEW.ordered_at, NEW.expires_at)
       IS DISTINCT FROM
       (OLD.kind, OLD.office_id, OLD.title, OLD.facts, OLD.office_ids, OLD.ordered_by_id,
        OLD.ordered_at, OLD.expires_at)
       OR OLD.status = 'expired' AND NEW.status <> 'expired'
    THEN
        RAISE EXCEPTION 'an export stays what was asked for, and whose it is'
            USING ERRCODE = '23514', CONSTRAINT = 'export_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER export_frozen BEFORE UPDATE OR DELETE ON certificates_export
    FOR EACH ROW EXECUTE FUNCTION export_frozen();
"""
FROZEN_BACK = """
DROP TRIGGER export_frozen ON certificates_export;
DROP FUNCTION export_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_office_contact"),
        ("certificates", "0008_signed_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="jenis")),
                ("title", models.CharField(max_length=200, verbose_name="judul")),
                ("facts", models.JSONField(verbose_name="isi")),
                (
                    "ordered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="dipesan"
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=80, verbose_name="berkas")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(null=True, verbose_name="ukuran")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="selesai")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ordered", "Sedang disiapkan"),
                            ("ready", "Siap diunduh"),
                            ("expired", "Kedaluwarsa"),
                        ],
                        default="ordered",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                (
                    "office_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), verbose_name="kantor yang dibaca"
                    ),
                ),
                ("done", models.PositiveIntegerField(default=0, verbose_name="baris selesai")),
                ("total", models.PositiveIntegerField(default=0, verbose_name="jumlah baris")),
                ("expires_at", models.DateTimeField(verbose_name="disimpan sampai")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="accounts.office",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ekspor",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "ordered")),
                        fields=["ordered_at"],
                        name="export_owed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            ("drawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="export_ready_means_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("drawn_at__isnull", False),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                ("size__gt", 0),
                                models.Q(("file", ""), _negated=True),
                            ),
                            models.Q(
                                ("drawn_at", None), ("file", ""), ("sha256", ""), ("size", None)
                            ),
                            _connector="OR",
                        ),
                        name="export_drawn_means_file_and_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ordered"), _negated=True),
                            ("drawn_at", None),
                            _connector="OR",
                        ),
                        name="export_ordered_means_not_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["ordered", "ready", "expired"])),
                        name="export_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "expired"), _negated=True),
                            ("file", ""),
                            _connector="OR",
                        ),
                        name="export_expired_means_no_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("ordered_at"))),
                        name="export_expires_after_it_was_ordered",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FROZEN, FROZEN_BACK),
    ]
