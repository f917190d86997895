"""An office's own table on its way in: the import and its rows."""

import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people_and_offices"),
        ("villages", "0007_recorded_designations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=120, verbose_name="nama berkas")),
                ("sha256", models.CharField(max_length=64)),
                ("table", models.JSONField(verbose_name="isi berkas")),
                (
                    "header_at",
                    models.PositiveIntegerField(default=0, verbose_name="baris judul kolom"),
                ),
                ("columns", models.JSONField(default=dict, verbose_name="arti kolom")),
                ("otherwise", models.JSONField(default=dict, verbose_name="isi bila kosong")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="diunggah",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("read", "Kolom belum dipastikan"),
                            ("checked", "Sedang diperiksa"),
                            ("recorded", "Sudah dicatat"),
                            ("abandoned", "Dibatalkan"),
                        ],
                        default="read",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "status_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="sejak"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="accounts.office",
                    ),
                ),
                (
                    "status_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "impor",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="baris")),
                (
                    "facts",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="isi"
                    ),
                ),
                ("suggestions", models.JSONField(default=list, verbose_name="mungkin")),
                ("reason", models.TextField(blank=True, verbose_name="sebab")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("matched", "Siap"),
                            ("doubtful", "Meragukan"),
                            ("refused", "Tidak dapat dicatat"),
                            ("known", "Sudah tercatat"),
                            ("dropped", "Dilewati"),
                            ("recorded", "Dicatat"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="villages.import",
                    ),
                ),
                (
                    "designation",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="import_row",
                        to="villages.designation",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.region",
                        verbose_name="desa",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "baris impor",
                "ordering": ["line"],
            },
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["read", "checked", "recorded", "abandoned"])),
                name="import_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "abandoned"), _negated=True), ("table", []), _connector="OR"
                ),
                name="import_abandoned_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["matched", "doubtful", "refused", "known", "dropped", "recorded"],
                    )
                ),
                name="import_row_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(fields=("batch", "line"), name="import_row_once"),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["matched", "known", "recorded"])),
                fields=("batch", "region"),
                name="import_row_one_per_village",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["matched", "known", "recorded"]), _negated=True),
                    ("region__isnull", False),
                    _connector="OR",
                ),
                name="import_row_matched_to_a_village",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["doubtful", "refused"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="import_row_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="importrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("designation__isnull", False), ("status", "recorded")),
                    models.Q(
                        models.Q(("status", "recorded"), _negated=True), ("designation", None)
                    ),
                    _connector="OR",
                ),
                name="import_row_recorded_as_a_designation",
            ),
        ),
    ]
