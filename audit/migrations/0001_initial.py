"""History: who did what, when, and to what."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("audit", "0001_entries"), ("audit", "0002_append_only")]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="waktu kejadian")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="waktu dicatat",
                    ),
                ),
                ("verb", models.CharField(max_length=60, verbose_name="tindakan")),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="rincian")),
                ("subject_id", models.BigIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history_entries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="oleh",
                    ),
                ),
                (
                    "subject_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "catatan riwayat",
                "indexes": [
                    models.Index(
                        fields=["subject_type", "subject_id", "-at"], name="audit_entry_subject"
                    ),
                    models.Index(
                        fields=["verb", "subject_type", "subject_id"], name="audit_entry_verb"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verb__contains", ".")),
                        name="audit_entry_verb_namespaced",
                    )
                ],
            },
        ),
    ]
