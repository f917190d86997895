"""Editions of the national list, with what each would change."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0014_closed_offices_guide_nothing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Edition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(max_length=80, upload_to="editions/", verbose_name="berkas"),
                ),
                ("file_name", models.CharField(max_length=120, verbose_name="nama berkas")),
                ("sha256", models.CharField(max_length=64)),
                ("difference", models.JSONField(default=dict, verbose_name="perbedaan")),
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
                            ("previewed", "Belum diterapkan"),
                            ("applied", "Diterapkan"),
                            ("abandoned", "Dibatalkan"),
                        ],
                        default="previewed",
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
                    "status_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "edisi daftar wilayah",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="EditionChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("change", models.CharField(max_length=8, verbose_name="perubahan")),
                ("code", models.CharField(db_collation="C", max_length=13, verbose_name="kode")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Provinsi"),
                            (2, "Kabupaten/Kota"),
                            (3, "Kecamatan"),
                            (4, "Desa/Kelurahan"),
                        ],
                        verbose_name="tingkat",
                    ),
                ),
                (
                    "old_name",
                    models.CharField(blank=True, max_length=120, verbose_name="nama lama"),
                ),
                (
                    "new_name",
                    models.CharField(blank=True, max_length=120, verbose_name="nama baru"),
                ),
                (
                    "old_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("provinsi", "Provinsi"),
                            ("kabupaten", "Kabupaten"),
                            ("kota", "Kota"),
                            ("kecamatan", "Kecamatan"),
                            ("kelurahan", "Kelurahan"),
                            ("desa", "Desa"),
                        ],
                        max_length=10,
                        verbose_name="jenis lama",
                    ),
                ),
                (
                    "new_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("provinsi", "Provinsi"),
                            ("kabupaten", "Kabupaten"),
                            ("kota", "Kota"),
                            ("kecamatan", "Kecamatan"),
                            ("kelurahan", "Kelurahan"),
                            ("desa", "Desa"),
                        ],
                        max_length=10,
                        verbose_name="jenis baru",
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=250, verbose_name="letak")),
                (
                    "successor",
                    models.CharField(blank=True, max_length=13, verbose_name="kode baru"),
                ),
                ("renamed", models.BooleanField(verbose_name="berganti nama")),
                ("rekinded", models.BooleanField(verbose_name="berganti jenis")),
                ("reparented", models.BooleanField(verbose_name="pindah induk")),
                ("villages", models.PositiveIntegerField(verbose_name="desa tercatat")),
                ("designated", models.PositiveIntegerField(verbose_name="desa binaan")),
                ("sheets", models.PositiveIntegerField(verbose_name="usulan terbuka")),
                ("jurisdictions", models.PositiveIntegerField(verbose_name="wilayah kerja")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="villages.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "perubahan edisi",
                "ordering": ["code"],
            },
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["previewed", "applied", "abandoned"])),
                name="edition_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "abandoned"), _negated=True), ("file", ""), _connector="OR"
                ),
                name="edition_abandoned_has_no_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionchange",
            constraint=models.UniqueConstraint(
                fields=("edition", "code"), name="edition_change_once"
            ),
        ),
    ]
