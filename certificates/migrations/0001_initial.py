"""Registers of numbers, and the papers and files that bear them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("certificates", "0001_papers"),
        ("certificates", "0002_frozen_papers"),
        ("certificates", "0003_numbers_of_their_office"),
        ("certificates", "0004_letters"),
        ("certificates", "0005_register_by_hand"),
        ("certificates", "0006_signed_scans"),
        ("certificates", "0007_letters_numbered_elsewhere"),
        ("certificates", "0008_signed_letters"),
        ("certificates", "0009_exports"),
        ("certificates", "0010_skipped_numbers"),
        ("certificates", "0011_legible_numbers"),
        ("certificates", "0012_number_skipped_by_each_kind"),
        ("certificates", "0013_scan_withdrawn"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="jenis dokumen")),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                ("serial", models.PositiveIntegerField(null=True, verbose_name="nomor urut")),
                ("number", models.CharField(max_length=120, verbose_name="nomor")),
                ("dated", models.DateField(verbose_name="tanggal dokumen")),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="perihal")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_entries",
                        to="accounts.office",
                    ),
                ),
                (
                    "skips",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="skipped_by",
                        to="certificates.registerentry",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "nomor register",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "kind", "year", "serial"), name="register_serial_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("skips", None)),
                        fields=("office", "year", "number"),
                        name="register_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("skips", None), ("serial__isnull", False), _connector="OR"
                        ),
                        name="register_skips_with_a_serial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "number__regex",
                                    "[͏ᅟᅠ឴឵᠋-᠏\u2028\u2029⠀ㅤ︀-️ﾠ\ufff0-\ufffb\U000e0000-\U000e0fff\x01-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]|^ | $|  ",
                                ),
                                _negated=True,
                            ),
                            models.Func(
                                models.F("number"),
                                output_field=models.BooleanField(),
                                template="(%(expressions)s IS NFC NORMALIZED)",
                            ),
                        ),
                        name="register_number_legible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("dated__year", models.F("year"))),
                        name="register_year_of_the_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("serial__gte", 1), ("subject", ""), ("written_by", None)),
                            models.Q(
                                ("serial", None),
                                ("written_by__isnull", False),
                                models.Q(("subject", ""), _negated=True),
                                models.Q(("number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="register_given_or_written",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSequence",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "office_id",
                        "kind",
                        "year",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("year", models.PositiveSmallIntegerField()),
                ("last_value", models.PositiveIntegerField(default=0)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "nomor urut terakhir",
            },
        ),
        migrations.CreateModel(
            name="Letter",
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ordered", "Sedang disiapkan"),
                            ("ready", "Siap diunduh"),
                            ("revoked", "Dicabut"),
                        ],
                        default="ordered",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=80, verbose_name="berkas")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(null=True, verbose_name="ukuran")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="selesai")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                ("tried_at", models.DateTimeField(null=True)),
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
                (
                    "entry",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="certificates.registerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "surat",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "ordered")),
                        fields=["ordered_at"],
                        name="letter_owed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            ("drawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_ready_means_drawn",
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
                        name="letter_drawn_means_file_and_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ordered"), _negated=True),
                            ("drawn_at", None),
                            _connector="OR",
                        ),
                        name="letter_ordered_means_not_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["ordered", "ready"])),
                        name="letter_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ordered", "Sedang disiapkan"),
                            ("ready", "Siap diunduh"),
                            ("revoked", "Dicabut"),
                        ],
                        default="ordered",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=80, verbose_name="berkas")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(null=True, verbose_name="ukuran")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="selesai")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "code",
                    models.CharField(
                        editable=False, max_length=12, unique=True, verbose_name="kode publik"
                    ),
                ),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="dicabut")),
                ("revoked_reason", models.TextField(blank=True, verbose_name="alasan pencabutan")),
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
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate",
                        to="certificates.registerentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "sertifikat",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "ordered")),
                        fields=["ordered_at"],
                        name="certificate_owed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            ("drawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="certificate_ready_means_drawn",
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
                        name="certificate_drawn_means_file_and_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ordered"), _negated=True),
                            ("drawn_at", None),
                            _connector="OR",
                        ),
                        name="certificate_ordered_means_not_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["ordered", "ready", "revoked"])),
                        name="certificate_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revoked_at__isnull", False),
                                ("status", "revoked"),
                                models.Q(("revoked_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "revoked"), _negated=True),
                                ("revoked_at", None),
                                ("revoked_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="certificate_revoked_when_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("code__regex", "^[23456789ABCDEFGHJKMNPQRSTUVWXYZ]{12}$")
                        ),
                        name="certificate_code_shaped",
                    ),
                ],
            },
        ),
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
                ("withdrawn_at", models.DateTimeField(null=True, verbose_name="ditarik")),
                (
                    "withdrawn_reason",
                    models.TextField(blank=True, default="", verbose_name="alasan penarikan"),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="certificates.certificate",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="certificates.letter",
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
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pindaian bertanda tangan",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certificate", None), ("letter__isnull", False)),
                            models.Q(("certificate__isnull", False), ("letter", None)),
                            _connector="OR",
                        ),
                        name="scan_of_one_paper",
                    ),
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
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at", None),
                                ("withdrawn_by", None),
                                ("withdrawn_reason", ""),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="scan_withdrawn_by_whom_and_why",
                    ),
                ],
            },
        ),
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
        migrations.CreateModel(
            name="NumberTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="jenis dokumen")),
                ("pattern", models.CharField(max_length=80, verbose_name="pola nomor")),
                (
                    "unit_code",
                    models.CharField(blank=True, max_length=30, verbose_name="kode unit"),
                ),
                (
                    "classification",
                    models.CharField(blank=True, max_length=20, verbose_name="klasifikasi"),
                ),
                (
                    "serial_width",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="jumlah angka nomor urut"
                    ),
                ),
                (
                    "chosen_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "chosen_by",
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
                        related_name="number_templates",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "pola nomor",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "kind"), name="number_template_one_per_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("pattern__contains", "{nomor}")),
                        name="number_template_has_serial",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("serial_width__range", (1, 6))),
                        name="number_template_serial_width_sane",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Void",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="void",
                        serialize=False,
                        to="certificates.registerentry",
                    ),
                ),
                ("reason", models.TextField(verbose_name="alasan")),
                (
                    "voided_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "nomor batal",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="void_has_reason"
                    )
                ],
            },
        ),
    ]
