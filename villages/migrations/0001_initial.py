"""Regions, villages, sheets and decrees, officers, imports and editions."""

import uuid

import django.contrib.postgres.constraints
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("villages", "0001_villages_and_sheets"),
        ("villages", "0002_sheet_promises"),
        ("villages", "0003_criteria"),
        ("villages", "0004_decided_as"),
        ("villages", "0005_more_promises"),
        ("villages", "0006_village_profile"),
        ("villages", "0007_recorded_designations"),
        ("villages", "0008_imports"),
        ("villages", "0009_officers"),
        ("villages", "0010_officer_promises"),
        ("villages", "0011_criterion_keeps_words"),
        ("villages", "0012_assignment_letters"),
        ("villages", "0013_officers_of_rudenim"),
        ("villages", "0014_closed_offices_guide_nothing"),
        ("villages", "0015_editions"),
        ("villages", "0016_import_officers"),
        ("villages", "0017_certificates_of_recorded"),
        ("villages", "0018_local_terms"),
        ("villages", "0019_village_leaves_nobody"),
        ("villages", "0020_legible_numbers"),
        ("villages", "0021_confirmed_imports"),
        ("villages", "0022_guiding_terms"),
        ("villages", "0023_who_signs"),
        ("villages", "0024_heads_confirmed"),
        ("villages", "0025_region_current"),
        ("villages", "0026_import_lines"),
        ("villages", "0027_import_makers"),
        ("villages", "0028_letter_signed_by_another"),
        ("villages", "0029_struck_out"),
        ("villages", "0030_corrected_decrees"),
        ("villages", "0031_roles_in_force"),
        ("villages", "0032_closed_in_a_capacity"),
        ("villages", "0033_officer_problem"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("certificates", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Criterion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(unique=True, verbose_name="kunci")),
                ("label", models.CharField(max_length=120, verbose_name="kriteria")),
                ("hint", models.CharField(blank=True, max_length=250, verbose_name="penjelasan")),
                ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                ("is_active", models.BooleanField(default=True, verbose_name="berlaku")),
            ],
            options={
                "verbose_name": "kriteria",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decree_number",
                    models.CharField(max_length=100, verbose_name="nomor SK pengangkatan"),
                ),
                ("decree_dated", models.DateField(verbose_name="tanggal SK pengangkatan")),
                (
                    "decree_signer_title",
                    models.CharField(max_length=120, verbose_name="jabatan penanda tangan SK"),
                ),
                ("starts_on", models.DateField(verbose_name="mulai")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="sampai")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="dibuat",
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
                        related_name="officers",
                        to="accounts.office",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="officerships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "PIMPASA",
                "ordering": ["-starts_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decree_number", ""), _negated=True),
                            models.Q(("decree_signer_title", ""), _negated=True),
                        ),
                        name="officer_has_decree",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="officer_dates_in_order",
                        violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("user_id"),
                                    models.F("user_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="officer_one_term_at_a_time",
                        violation_error_message="Orang ini sudah menjadi PIMPASA pada tanggal tersebut.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(db_collation="C", max_length=13, verbose_name="kode")),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("provinsi", "Provinsi"),
                            ("kabupaten", "Kabupaten"),
                            ("kota", "Kota"),
                            ("kecamatan", "Kecamatan"),
                            ("kelurahan", "Kelurahan"),
                            ("desa", "Desa"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                (
                    "search_key",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Lower("name"),
                            models.Value("[^a-z0-9]"),
                            models.Value(""),
                            models.Value("g"),
                            function="regexp_replace",
                            output_field=models.CharField(max_length=120),
                        ),
                        output_field=models.CharField(db_collation="C", max_length=120),
                    ),
                ),
                (
                    "retired_on",
                    models.DateField(blank=True, null=True, verbose_name="tidak berlaku sejak"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="villages.region",
                        verbose_name="wilayah atasan",
                    ),
                ),
            ],
            options={
                "verbose_name": "wilayah",
                "ordering": ["code"],
                "indexes": [
                    models.Index(fields=["search_key"], name="region_search_key"),
                    models.Index(
                        fields=["level", "code"], include=("retired_on",), name="region_by_level"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="region_code_unique"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("code"), 2
                                ),
                                ("kind__in", ["provinsi"]),
                                ("level", 1),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("code"), 5
                                ),
                                ("kind__in", ["kabupaten", "kota"]),
                                ("level", 2),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("code"), 8
                                ),
                                ("kind__in", ["kecamatan"]),
                                ("level", 3),
                            ),
                            models.Q(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.Length("code"), 13
                                ),
                                ("kind__in", ["kelurahan", "desa"]),
                                ("level", 4),
                            ),
                            _connector="OR",
                        ),
                        name="region_level_fits_kind_and_code",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", 1), ("parent", None)),
                            models.Q(("level__gt", 1), ("parent__isnull", False)),
                            _connector="OR",
                        ),
                        name="region_only_province_is_root",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Village",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "local_term",
                    models.CharField(
                        choices=[
                            ("Desa", "Desa"),
                            ("Desa Adat", "Desa Adat"),
                            ("Dusun", "Dusun"),
                            ("Finua", "Finua"),
                            ("Gampong", "Gampong"),
                            ("Kalurahan", "Kalurahan"),
                            ("Kampong", "Kampong"),
                            ("Kampung", "Kampung"),
                            ("Kampung Adat", "Kampung Adat"),
                            ("Kelurahan", "Kelurahan"),
                            ("Kepenghuluan", "Kepenghuluan"),
                            ("Kute", "Kute"),
                            ("Lembang", "Lembang"),
                            ("Nagari", "Nagari"),
                            ("Nagori", "Nagori"),
                            ("Negeri", "Negeri"),
                            ("Negeri Administratif", "Negeri Administratif"),
                            ("Ohoi", "Ohoi"),
                            ("Pekon", "Pekon"),
                            ("Tiyuh", "Tiyuh"),
                            ("Wanua", "Wanua"),
                        ],
                        max_length=30,
                        verbose_name="sebutan setempat",
                    ),
                ),
                (
                    "address",
                    models.CharField(blank=True, max_length=250, verbose_name="alamat kantor desa"),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=6,
                        max_digits=8,
                        null=True,
                        verbose_name="lintang",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="bujur"
                    ),
                ),
                (
                    "whatsapp_group",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="tautan grup WhatsApp"
                    ),
                ),
                (
                    "note",
                    models.TextField(blank=True, max_length=2000, verbose_name="catatan kantor"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
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
                        related_name="villages",
                        to="accounts.office",
                    ),
                ),
                (
                    "region",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="village",
                        to="villages.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "desa",
                "ordering": ["region__name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "local_term__in",
                                (
                                    "Desa",
                                    "Desa Adat",
                                    "Dusun",
                                    "Finua",
                                    "Gampong",
                                    "Kalurahan",
                                    "Kampong",
                                    "Kampung",
                                    "Kampung Adat",
                                    "Kelurahan",
                                    "Kepenghuluan",
                                    "Kute",
                                    "Lembang",
                                    "Nagari",
                                    "Nagori",
                                    "Negeri",
                                    "Negeri Administratif",
                                    "Ohoi",
                                    "Pekon",
                                    "Tiyuh",
                                    "Wanua",
                                ),
                            )
                        ),
                        name="village_local_term_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("latitude__range", (-11.2, 6.3)),
                                ("longitude__isnull", False),
                                ("longitude__range", (94.7, 141.1)),
                            ),
                            _connector="OR",
                        ),
                        name="village_lies_in_indonesia",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("whatsapp_group", ""),
                            (
                                "whatsapp_group__regex",
                                "^https://chat\\.whatsapp\\.com/[0-9A-Za-z]{10,40}$",
                            ),
                            _connector="OR",
                        ),
                        name="village_whatsapp_group_is_one",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[("lead", "Ketua"), ("member", "Anggota")],
                        default="member",
                        max_length=6,
                        verbose_name="kedudukan",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="mulai")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="sampai")),
                (
                    "basis",
                    models.CharField(
                        choices=[("decree", "Surat keputusan"), ("letter", "Surat tugas")],
                        max_length=6,
                        verbose_name="dasar penugasan",
                    ),
                ),
                (
                    "basis_number",
                    models.CharField(max_length=100, verbose_name="nomor dokumen dasar"),
                ),
                ("basis_dated", models.DateField(verbose_name="tanggal dokumen dasar")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="dibuat",
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
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="villages.officer",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "penugasan",
                "ordering": [
                    models.OrderBy(models.F("ends_on"), descending=True, nulls_first=True),
                    "part",
                    "-starts_on",
                    "pk",
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["lead", "member"])),
                        name="assignment_part_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis__in", ["decree", "letter"])),
                        name="assignment_basis_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("basis_number", ""), _negated=True),
                        name="assignment_basis_numbered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="assignment_dates_in_order",
                        violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("officer_id"),
                                    models.F("officer_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("village_id"),
                                    models.F("village_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("starts_on"),
                                    models.F("ends_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="assignment_once_at_a_time",
                        violation_error_message="PIMPASA ini sudah ditugaskan di desa itu.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decree",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=100, verbose_name="nomor SK")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="tanggal SK")),
                (
                    "year",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.datetime.ExtractYear("dated"),
                        output_field=models.PositiveSmallIntegerField(null=True),
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="tentang")),
                (
                    "signer_level",
                    models.CharField(
                        choices=[
                            ("office", "Kepala Kantor Imigrasi"),
                            ("regional", "Kepala Kantor Wilayah"),
                            ("directorate", "Direktur Jenderal Imigrasi"),
                        ],
                        max_length=12,
                        verbose_name="penanda tangan SK",
                    ),
                ),
                (
                    "signer_name",
                    models.CharField(max_length=120, verbose_name="nama penanda tangan SK"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        related_name="decrees",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "surat keputusan",
                "ordering": ["-dated", "-pk"],
                "constraints": [
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
                        name="decree_number_legible",
                    ),
                    models.UniqueConstraint(
                        models.F("office"),
                        models.F("year"),
                        django.db.models.functions.text.Upper("number"),
                        condition=models.Q(("number", ""), _negated=True),
                        name="decree_number_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("number", ""), ("dated__isnull", False), _connector="OR"
                        ),
                        name="decree_numbered_means_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signer_level__in", ["office", "regional", "directorate"])
                        ),
                        name="decree_signer_level_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Designation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="dibuat",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(null=True, verbose_name="pertama kali diajukan"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="diputuskan")),
                ("recorded_at", models.DateTimeField(null=True, verbose_name="dicatat")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="dibenarkan")),
                ("designated_on", models.DateField(null=True, verbose_name="ditetapkan pada")),
                (
                    "signs",
                    models.CharField(
                        blank=True,
                        choices=[("decider", "Yang memutuskan"), ("decree", "Penanda tangan SK")],
                        max_length=7,
                        verbose_name="sertifikat ditandatangani oleh",
                    ),
                ),
                ("signer", models.JSONField(null=True, verbose_name="penanda tangan sertifikat")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draf"),
                            ("submitted", "Diajukan"),
                            ("returned", "Dikembalikan"),
                            ("rejected", "Ditolak"),
                            ("approved", "Ditetapkan"),
                            ("revoked", "Dicabut"),
                            ("ended", "Berakhir"),
                            ("withdrawn", "Ditarik"),
                            ("struck", "Salah catat"),
                        ],
                        default="draft",
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
                ("status_note", models.TextField(blank=True, verbose_name="catatan")),
                (
                    "certificate",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designation",
                        to="certificates.certificate",
                    ),
                ),
                (
                    "certified_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "confirmed_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "decided_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                        verbose_name="diputuskan selaku",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decree",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="villages.decree",
                    ),
                ),
                (
                    "ended_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="accounts.office",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dicatat oleh",
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
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="designations",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "penetapan",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["office", "status"], name="designation_office_status")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "draft",
                                    "submitted",
                                    "returned",
                                    "rejected",
                                    "approved",
                                    "revoked",
                                    "ended",
                                    "withdrawn",
                                    "struck",
                                ],
                            )
                        ),
                        name="designation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("status__in", ["rejected", "approved", "revoked", "ended"]),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            ["rejected", "approved", "revoked", "ended"],
                                        ),
                                        _negated=True,
                                    ),
                                    ("recorded_by__isnull", False),
                                    _connector="OR",
                                ),
                                ("decided_at", None),
                                ("decided_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="designation_decided_when_final",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_as__isnull", False),
                                ("status__in", ["rejected", "approved", "revoked", "ended"]),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        (
                                            "status__in",
                                            ["rejected", "approved", "revoked", "ended"],
                                        ),
                                        _negated=True,
                                    ),
                                    ("recorded_by__isnull", False),
                                    _connector="OR",
                                ),
                                ("decided_as", None),
                            ),
                            _connector="OR",
                        ),
                        name="designation_decided_in_a_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_as", None),
                            models.Q(("decided_by", models.F("created_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="designation_opener_does_not_decide",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recorded_at", None), ("recorded_by", None)),
                            models.Q(
                                ("decided_as", None),
                                ("decided_by", None),
                                ("recorded_at__isnull", False),
                                ("recorded_by__isnull", False),
                                ("status__in", ["approved", "revoked", "ended", "struck"]),
                                ("submitted_at", None),
                            ),
                            _connector="OR",
                        ),
                        name="designation_recorded_was_decided_elsewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decree__isnull", False),
                                ("designated_on__isnull", False),
                                ("status__in", ["approved", "revoked", "ended", "struck"]),
                                models.Q(
                                    ("signs__in", ["decider", "decree"]),
                                    models.Q(("certificate", None), ("recorded_by__isnull", False)),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ["approved", "revoked", "ended", "struck"]),
                                    _negated=True,
                                ),
                                ("certificate", None),
                                ("decree", None),
                                ("designated_on", None),
                                ("signs", ""),
                            ),
                            _connector="OR",
                        ),
                        name="designation_has_decree_when_designated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("certificate", None), ("signer__isnull", True)),
                            models.Q(("certificate__isnull", False), ("signer__isnull", False)),
                            _connector="OR",
                        ),
                        name="designation_signer_of_its_certificate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("certified_as", None),
                                models.Q(
                                    ("recorded_by", None), ("certificate", None), _connector="OR"
                                ),
                            ),
                            models.Q(
                                models.Q(("certified_as", None), _negated=True),
                                models.Q(("recorded_by", None), _negated=True),
                                models.Q(("certificate", None), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="designation_recorded_certified_in_a_capacity",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_as", None),
                                ("confirmed_at", None),
                                ("confirmed_by", None),
                            ),
                            models.Q(
                                ("confirmed_as__isnull", False),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                ("recorded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="designation_confirmed_as_a_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None),
                            models.Q(
                                models.Q(("confirmed_by", models.F("recorded_by")), _negated=True),
                                models.Q(("confirmed_by", models.F("created_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="designation_recorder_does_not_confirm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("recorded_by", None),
                            ("confirmed_by__isnull", False),
                            ("certificate", None),
                            _connector="OR",
                        ),
                        name="designation_certified_once_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "draft"), ("submitted_at", None)),
                            ("status", "withdrawn"),
                            ("recorded_by__isnull", False),
                            models.Q(
                                models.Q(("status__in", ["draft", "withdrawn"]), _negated=True),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="designation_submitted_when_seen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["returned", "rejected", "revoked", "struck"]),
                                _negated=True,
                            ),
                            models.Q(("status_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="designation_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "struck"), _negated=True),
                            models.Q(
                                ("certificate", None),
                                ("confirmed_by", None),
                                ("recorded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="designation_struck_was_only_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_as", None), ("status", "ended"), _connector="OR"
                        ),
                        name="designation_ended_in_a_capacity",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["submitted", "returned", "approved"])),
                        fields=("village",),
                        name="designation_one_per_village",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Coordination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="tanggal koordinasi")),
                ("place", models.CharField(max_length=160, verbose_name="tempat")),
                (
                    "attended_by",
                    models.CharField(blank=True, max_length=400, verbose_name="pihak yang hadir"),
                ),
                ("outcome", models.TextField(blank=True, max_length=2000, verbose_name="hasil")),
                (
                    "designation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coordination",
                        to="villages.designation",
                    ),
                ),
            ],
            options={
                "verbose_name": "koordinasi",
            },
        ),
        migrations.CreateModel(
            name="Ceremony",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("held_on", models.DateField(verbose_name="tanggal pengukuhan")),
                ("place", models.CharField(max_length=160, verbose_name="tempat")),
                ("opened_by", models.CharField(max_length=160, verbose_name="dibuka oleh")),
                (
                    "presented_by",
                    models.CharField(max_length=160, verbose_name="sertifikat diserahkan oleh"),
                ),
                (
                    "received_by",
                    models.CharField(max_length=160, verbose_name="sertifikat diterima oleh"),
                ),
                (
                    "designation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ceremony",
                        to="villages.designation",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengukuhan",
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("justification", models.TextField(max_length=2000, verbose_name="uraian")),
                (
                    "criterion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.criterion",
                    ),
                ),
                (
                    "designation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="villages.designation",
                    ),
                ),
            ],
            options={
                "verbose_name": "kriteria terpenuhi",
                "ordering": ["criterion__position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("designation", "criterion"), name="finding_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("justification", ""), _negated=True),
                        name="finding_justified",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(max_length=80, upload_to="documents/", verbose_name="berkas"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama berkas")),
                ("content_type", models.CharField(max_length=40, verbose_name="jenis")),
                ("size", models.PositiveIntegerField(verbose_name="ukuran")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("evidence", "Bukti kriteria"),
                            ("consent", "Surat kesediaan desa"),
                            ("decree", "Pindaian SK"),
                        ],
                        max_length=10,
                        verbose_name="kegunaan",
                    ),
                ),
                (
                    "designation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="villages.designation",
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
                    "finding",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="villages.finding",
                    ),
                ),
            ],
            options={
                "verbose_name": "berkas",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("purpose__in", ["evidence", "consent", "decree"])),
                        name="document_purpose_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finding__isnull", False), ("purpose", "evidence")),
                            models.Q(
                                models.Q(("purpose", "evidence"), _negated=True), ("finding", None)
                            ),
                            _connector="OR",
                        ),
                        name="document_evidence_has_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="document_type_allowed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("letter_number", models.CharField(max_length=100, verbose_name="nomor surat")),
                ("letter_dated", models.DateField(verbose_name="tanggal surat")),
                (
                    "signatory_name",
                    models.CharField(max_length=120, verbose_name="nama penanda tangan"),
                ),
                (
                    "signatory_title",
                    models.CharField(max_length=80, verbose_name="jabatan penanda tangan"),
                ),
                (
                    "designation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consent",
                        to="villages.designation",
                    ),
                ),
                (
                    "scan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "kesediaan desa",
            },
        ),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["previewed", "applied", "abandoned"])),
                        name="edition_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "abandoned"), _negated=True),
                            ("file", ""),
                            _connector="OR",
                        ),
                        name="edition_abandoned_has_no_file",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "code"), name="edition_change_once")
                ],
            },
        ),
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
                    "lines",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            "table",
                            function="jsonb_array_length",
                            output_field=models.PositiveIntegerField(),
                        ),
                        output_field=models.PositiveIntegerField(),
                    ),
                ),
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
                            ("returned", "Dikembalikan"),
                            ("confirmed", "Sudah dibenarkan"),
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
                ("status_note", models.TextField(blank=True, verbose_name="catatan")),
                ("recorded_at", models.DateTimeField(null=True, verbose_name="dicatat")),
                ("mended_at", models.DateTimeField(null=True, verbose_name="diperbaiki")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mended_by",
                    models.ForeignKey(
                        null=True,
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
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dicatat oleh",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "read",
                                    "checked",
                                    "recorded",
                                    "returned",
                                    "confirmed",
                                    "abandoned",
                                ],
                            )
                        ),
                        name="import_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "abandoned"), _negated=True),
                            ("table", []),
                            _connector="OR",
                        ),
                        name="import_abandoned_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("recorded_at__isnull", False),
                                ("recorded_by__isnull", False),
                                ("status__in", ["recorded", "returned", "confirmed"]),
                            ),
                            models.Q(
                                models.Q(
                                    ("status__in", ["recorded", "returned", "confirmed"]),
                                    _negated=True,
                                ),
                                ("recorded_at", None),
                                ("recorded_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="import_recorded_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["returned", "confirmed"]), _negated=True),
                            models.Q(
                                models.Q(("status_by", models.F("recorded_by")), _negated=True),
                                models.Q(("status_by", models.F("created_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="import_maker_is_not_checker",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mended_at", None), ("mended_by", None)),
                            models.Q(("mended_at__isnull", False), ("mended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="import_mended_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "returned"), _negated=True),
                            models.Q(("status_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="import_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportMaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="villages.import",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "penyusun tabel",
                "constraints": [
                    models.UniqueConstraint(fields=("batch", "user"), name="import_maker_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportOfficer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="nama")),
                ("nip", models.CharField(blank=True, max_length=18, verbose_name="NIP")),
                (
                    "employment",
                    models.CharField(
                        blank=True, choices=[("pns", "PNS"), ("pppk", "PPPK")], max_length=4
                    ),
                ),
                ("rank", models.CharField(blank=True, max_length=5, verbose_name="pangkat")),
                ("suggestions", models.JSONField(default=list, verbose_name="mungkin")),
                ("reason", models.TextField(blank=True, verbose_name="sebab")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("matched", "PIMPASA kantor ini"),
                            ("new", "Akan diangkat"),
                            ("doubtful", "Meragukan"),
                            ("refused", "Tidak dapat dicatat"),
                            ("dropped", "Dilewati"),
                            ("recorded", "Diangkat"),
                        ],
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="officers",
                        to="villages.import",
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
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "PIMPASA dalam tabel",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["matched", "new", "doubtful", "refused", "dropped", "recorded"],
                            )
                        ),
                        name="import_officer_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "matched"), _negated=True),
                            ("user__isnull", False),
                            _connector="OR",
                        ),
                        name="import_officer_is_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "new"), _negated=True),
                            ("user__isnull", False),
                            models.Q(("nip", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="import_officer_new_has_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["doubtful", "refused"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="import_officer_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AssignmentLetter",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="assignment_letter",
                        serialize=False,
                        to="certificates.letter",
                    ),
                ),
                (
                    "assignments",
                    models.ManyToManyField(related_name="letters", to="villages.assignment"),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ditandatangani oleh",
                    ),
                ),
                ("officers", models.ManyToManyField(related_name="+", to="villages.officer")),
            ],
            options={
                "verbose_name": "surat tugas",
            },
        ),
        migrations.CreateModel(
            name="Preparer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "since",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "designation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="villages.designation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "penyusun",
                "constraints": [
                    models.UniqueConstraint(fields=("designation", "user"), name="preparer_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Jurisdiction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "coverage",
                    models.CharField(
                        choices=[("whole", "Seluruhnya"), ("part", "Sebagian")],
                        default="whole",
                        max_length=5,
                        verbose_name="cakupan",
                    ),
                ),
                (
                    "asof",
                    models.CharField(blank=True, max_length=20, verbose_name="menurut keadaan"),
                ),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="sumber")),
                (
                    "is_confirmed",
                    models.BooleanField(default=False, verbose_name="sudah dipastikan"),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dipastikan oleh",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jurisdictions",
                        to="accounts.office",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jurisdictions",
                        to="villages.region",
                    ),
                ),
            ],
            options={
                "verbose_name": "wilayah kerja",
                "ordering": ["region__code", "office"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "region"),
                        name="jurisdiction_once",
                        violation_error_message="Kantor ini sudah tercatat untuk wilayah tersebut.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("coverage", "whole"), ("is_confirmed", True)),
                        fields=("region",),
                        name="jurisdiction_one_confirmed_whole",
                        violation_error_message="Wilayah ini sudah dipastikan untuk kantor lain; ubah dahulu yang itu.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("coverage__in", ["whole", "part"])),
                        name="jurisdiction_coverage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by", None), ("is_confirmed", True), _connector="OR"
                        ),
                        name="jurisdiction_confirmed_when_by_someone",
                    ),
                ],
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
                    "officer_problem",
                    models.TextField(blank=True, verbose_name="isian PIMPASA yang keliru"),
                ),
                (
                    "officer_reason",
                    models.TextField(blank=True, verbose_name="sebab tanpa PIMPASA"),
                ),
                (
                    "is_assigned",
                    models.BooleanField(default=False, verbose_name="PIMPASA ditugaskan"),
                ),
                (
                    "adds_contacts",
                    models.BooleanField(default=False, verbose_name="membawa kontak"),
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
                    "officer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="villages.importofficer",
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
            ],
            options={
                "verbose_name": "baris impor",
                "ordering": ["line"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["matched", "doubtful", "refused", "known", "dropped", "recorded"],
                            )
                        ),
                        name="import_row_status_known",
                    ),
                    models.UniqueConstraint(fields=("batch", "line"), name="import_row_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ["matched", "known", "recorded"])),
                        fields=("batch", "region"),
                        name="import_row_one_per_village",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status__in", ["matched", "known", "recorded"]), _negated=True
                            ),
                            ("region__isnull", False),
                            _connector="OR",
                        ),
                        name="import_row_matched_to_a_village",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["doubtful", "refused"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="import_row_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("designation__isnull", False), ("status", "recorded")),
                            models.Q(
                                models.Q(("status", "recorded"), _negated=True),
                                ("designation", None),
                            ),
                            _connector="OR",
                        ),
                        name="import_row_recorded_as_a_designation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="alasan")),
                (
                    "requested_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pending", "Menunggu keputusan"),
                            ("confirmed", "Dikabulkan"),
                            ("declined", "Tidak dikabulkan"),
                        ],
                        default="pending",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "decree_number",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="nomor SK pencabutan"
                    ),
                ),
                ("decree_dated", models.DateField(null=True, verbose_name="tanggal SK pencabutan")),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                (
                    "decided_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "designation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revocations",
                        to="villages.designation",
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pencabutan",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="revocation_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["pending", "confirmed", "declined"])),
                        name="revocation_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="revocation_decided_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("outcome", "pending")
                            ),
                            models.Q(
                                models.Q(("outcome", "pending"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="revocation_decided_when_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_as", None),
                            models.Q(("outcome", "pending"), _negated=True),
                            _connector="OR",
                        ),
                        name="revocation_capacity_once_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decree_dated__isnull", False),
                                ("outcome", "confirmed"),
                                models.Q(("decree_number", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("outcome", "confirmed"), _negated=True),
                                ("decree_dated", None),
                                ("decree_number", ""),
                            ),
                            _connector="OR",
                        ),
                        name="revocation_confirmed_with_decree",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "pending")),
                        fields=("designation",),
                        name="revocation_one_pending",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SisterProgramme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("desbumi", "DESBUMI"),
                            ("desmigratif", "Desmigratif"),
                            ("golden", "Desa Migran Emas"),
                            ("other", "Lainnya"),
                        ],
                        max_length=12,
                        verbose_name="program",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120, verbose_name="nama program")),
                ("owner", models.CharField(max_length=120, verbose_name="penyelenggara")),
                (
                    "since_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="berjalan sejak tahun"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=400, verbose_name="keterangan")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programmes",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "program sejenis",
                "ordering": [models.OrderBy(models.F("since_year"), nulls_last=True), "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "other"), _negated=True),
                        fields=("village", "kind"),
                        name="programme_once",
                        violation_error_message="Program ini sudah dicatat untuk desa ini.",
                    ),
                    models.UniqueConstraint(
                        models.F("village"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("kind", "other")),
                        name="programme_name_once",
                        violation_error_message="Program ini sudah dicatat untuk desa ini.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["desbumi", "desmigratif", "golden", "other"])
                        ),
                        name="programme_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "other"), models.Q(("name", ""), _negated=True)),
                            models.Q(models.Q(("kind", "other"), _negated=True), ("name", "")),
                            _connector="OR",
                        ),
                        name="programme_named_when_other",
                        violation_error_message="Isi nama program hanya untuk program lainnya.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("owner", ""), _negated=True), name="programme_has_owner"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since_year", None),
                            ("since_year__range", (1990, 2100)),
                            _connector="OR",
                        ),
                        name="programme_year_plausible",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MigrantCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun")),
                (
                    "men",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="laki-laki"),
                ),
                (
                    "women",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="perempuan"),
                ),
                ("total", models.PositiveIntegerField(verbose_name="jumlah")),
                ("source", models.CharField(max_length=160, verbose_name="sumber")),
                ("as_of", models.DateField(verbose_name="menurut keadaan tanggal")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="migrant_counts",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "angka pekerja migran",
                "ordering": ["-year", "source"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("village"),
                        models.F("year"),
                        django.db.models.functions.text.Lower("source"),
                        name="migrant_count_once",
                        violation_error_message="Angka tahun itu dari sumber yang sama sudah dicatat.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("men", None), ("women", None)),
                            models.Q(
                                ("men__isnull", False),
                                (
                                    "total",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("men"), "+", models.F("women")
                                    ),
                                ),
                                ("women__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="migrant_count_parts_add_up",
                        violation_error_message="Jumlah tidak sama dengan laki-laki ditambah perempuan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("year__range", (1990, 2100)), ("as_of__year__gte", models.F("year"))
                        ),
                        name="migrant_count_year_plausible",
                        violation_error_message="Tanggal keadaan tidak boleh sebelum tahun angkanya.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="migrant_count_has_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuidingTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(editable=False, null=True, verbose_name="sejak")),
                ("until", models.DateTimeField(editable=False, null=True, verbose_name="sampai")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guiding_terms",
                        to="accounts.office",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guiding_terms",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "masa bina kantor",
                "ordering": [models.OrderBy(models.F("since"), nulls_first=True)],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since", None),
                            ("until", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="guiding_term_in_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (
                                models.Func(
                                    models.F("village_id"),
                                    models.F("village_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("since"),
                                    models.F("until"),
                                    models.Value("[)"),
                                    function="tstzrange",
                                ),
                                "&&",
                            ),
                        ],
                        name="guiding_term_one_office_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageAccess",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="jabatan")),
                ("starts_on", models.DateField(verbose_name="mulai")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="sampai")),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="village_accesses",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accesses",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "akun desa",
                "ordering": ["-starts_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("user", "village"),
                        name="village_access_once_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="village_access_dates_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "Kepala desa/lurah"),
                            ("secretary", "Sekretaris desa/kelurahan"),
                            ("operator", "Operator desa"),
                            ("ambassador", "Duta imigrasi desa"),
                            ("other", "Lainnya"),
                        ],
                        max_length=12,
                        verbose_name="kedudukan",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="jabatan")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="telepon")),
                ("since", models.DateField(blank=True, null=True, verbose_name="sejak")),
                ("until", models.DateField(blank=True, null=True, verbose_name="sampai")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contacts",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "kontak desa",
                "ordering": [
                    models.OrderBy(models.F("until"), descending=True, nulls_first=True),
                    "role",
                    "name",
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["head", "secretary", "operator", "ambassador", "other"])
                        ),
                        name="village_contact_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until", None),
                            ("since", None),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="village_contact_term_in_order",
                        violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "head")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("village_id"),
                                    models.F("village_id"),
                                    models.Value("[]"),
                                    function="int8range",
                                ),
                                "&&",
                            ),
                            (
                                models.Func(
                                    models.F("since"),
                                    models.F("until"),
                                    models.Value("[]"),
                                    function="daterange",
                                ),
                                "&&",
                            ),
                        ],
                        name="village_contact_one_head_at_a_time",
                        violation_error_message="Pada masa itu desa ini sudah mempunyai kepala; pakai Ganti kepala desa.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VillageDocument",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(max_length=80, upload_to="documents/", verbose_name="berkas"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama berkas")),
                ("content_type", models.CharField(max_length=40, verbose_name="jenis")),
                ("size", models.PositiveIntegerField(verbose_name="ukuran")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="keterangan")),
                (
                    "is_shared",
                    models.BooleanField(default=False, verbose_name="dapat dibaca pemerintah desa"),
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
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "dokumen desa",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type__in", ["application/pdf", "image/jpeg", "image/png"])
                        ),
                        name="village_document_type_allowed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="village_document_has_title",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("mou", "Nota kesepahaman (MoU)"),
                            ("cooperation", "Perjanjian kerja sama (PKS)"),
                            ("willingness", "Surat kesediaan"),
                        ],
                        max_length=12,
                        verbose_name="jenis",
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="tentang")),
                ("first_party", models.CharField(max_length=160, verbose_name="pihak pertama")),
                (
                    "first_number",
                    models.CharField(
                        blank=True, max_length=100, verbose_name="nomor pihak pertama"
                    ),
                ),
                (
                    "second_party",
                    models.CharField(blank=True, max_length=160, verbose_name="pihak kedua"),
                ),
                (
                    "second_number",
                    models.CharField(blank=True, max_length=100, verbose_name="nomor pihak kedua"),
                ),
                (
                    "third_party",
                    models.CharField(blank=True, max_length=160, verbose_name="pihak ketiga"),
                ),
                (
                    "third_number",
                    models.CharField(blank=True, max_length=100, verbose_name="nomor pihak ketiga"),
                ),
                ("dated", models.DateField(verbose_name="tanggal")),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="berlaku sampai"),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="villages.village",
                    ),
                ),
                (
                    "scan",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreement",
                        to="villages.villagedocument",
                    ),
                ),
            ],
            options={
                "verbose_name": "perjanjian",
                "ordering": ["-dated", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["mou", "cooperation", "willingness"])),
                        name="agreement_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("first_party", ""), _negated=True),
                            models.Q(
                                ("kind", "willingness"),
                                models.Q(("second_party", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("third_party", ""),
                                models.Q(("second_party", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="agreement_has_its_parties",
                        violation_error_message="MoU dan PKS mempunyai sedikitnya dua pihak.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("second_number", ""),
                                models.Q(("second_party", ""), _negated=True),
                                _connector="OR",
                            ),
                            models.Q(
                                ("third_number", ""),
                                models.Q(("third_party", ""), _negated=True),
                                _connector="OR",
                            ),
                        ),
                        name="agreement_number_of_a_party",
                        violation_error_message="Isi juga nama pihak yang memberi nomor.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until", None),
                            ("valid_until__gte", models.F("dated")),
                            _connector="OR",
                        ),
                        name="agreement_term_in_order",
                        violation_error_message="Tanggal akhir tidak boleh sebelum tanggal perjanjian.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="Designation",
            name="preparers",
            field=models.ManyToManyField(
                related_name="prepared_sheets",
                through="villages.Preparer",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
