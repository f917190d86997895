"""Where a village lies, and what is known of it: programmes, migrants, agreements, files."""

import uuid

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

# The scan of an agreement is a file of its own village.
SCANS = """
ALTER TABLE villages_villagedocument
    ADD CONSTRAINT village_document_and_village UNIQUE (id, village_id);
ALTER TABLE villages_agreement ADD CONSTRAINT agreement_scan_of_its_village
    FOREIGN KEY (scan_id, village_id) REFERENCES villages_villagedocument (id, village_id);
"""
SCANS_BACK = """
ALTER TABLE villages_agreement DROP CONSTRAINT agreement_scan_of_its_village;
ALTER TABLE villages_villagedocument DROP CONSTRAINT village_document_and_village;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0005_more_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "perjanjian",
                "ordering": ["-dated", "-pk"],
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
            ],
            options={
                "verbose_name": "angka pekerja migran",
                "ordering": ["-year", "source"],
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
            ],
            options={
                "verbose_name": "program sejenis",
                "ordering": [models.OrderBy(models.F("since_year"), nulls_last=True), "pk"],
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
            ],
            options={
                "verbose_name": "dokumen desa",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="village",
            name="latitude",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=8, null=True, verbose_name="lintang"
            ),
        ),
        migrations.AddField(
            model_name="village",
            name="longitude",
            field=models.DecimalField(
                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="bujur"
            ),
        ),
        migrations.AddField(
            model_name="village",
            name="note",
            field=models.TextField(blank=True, max_length=2000, verbose_name="catatan kantor"),
        ),
        migrations.AddField(
            model_name="village",
            name="whatsapp_group",
            field=models.CharField(blank=True, max_length=80, verbose_name="tautan grup WhatsApp"),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("whatsapp_group", ""),
                    ("whatsapp_group__regex", "^https://chat\\.whatsapp\\.com/[0-9A-Za-z]{10,40}$"),
                    _connector="OR",
                ),
                name="village_whatsapp_group_is_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagecontact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
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
        ),
        migrations.AddField(
            model_name="agreement",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="villages.village",
            ),
        ),
        migrations.AddField(
            model_name="migrantcount",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="migrant_counts",
                to="villages.village",
            ),
        ),
        migrations.AddField(
            model_name="sisterprogramme",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="programmes",
                to="villages.village",
            ),
        ),
        migrations.AddField(
            model_name="villagedocument",
            name="uploaded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="villagedocument",
            name="village",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="villages.village",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="scan",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreement",
                to="villages.villagedocument",
            ),
        ),
        migrations.AddConstraint(
            model_name="migrantcount",
            constraint=models.UniqueConstraint(
                models.F("village"),
                models.F("year"),
                django.db.models.functions.text.Lower("source"),
                name="migrant_count_once",
                violation_error_message="Angka tahun itu dari sumber yang sama sudah dicatat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="migrantcount",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="migrantcount",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year__range", (1990, 2100)), ("as_of__year__gte", models.F("year"))
                ),
                name="migrant_count_year_plausible",
                violation_error_message="Tanggal keadaan tidak boleh sebelum tahun angkanya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="migrantcount",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True), name="migrant_count_has_source"
            ),
        ),
        migrations.AddConstraint(
            model_name="sisterprogramme",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "other"), _negated=True),
                fields=("village", "kind"),
                name="programme_once",
                violation_error_message="Program ini sudah dicatat untuk desa ini.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sisterprogramme",
            constraint=models.UniqueConstraint(
                models.F("village"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("kind", "other")),
                name="programme_name_once",
                violation_error_message="Program ini sudah dicatat untuk desa ini.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sisterprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["desbumi", "desmigratif", "golden", "other"])),
                name="programme_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sisterprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "other"), models.Q(("name", ""), _negated=True)),
                    models.Q(models.Q(("kind", "other"), _negated=True), ("name", "")),
                    _connector="OR",
                ),
                name="programme_named_when_other",
                violation_error_message="Isi nama program hanya untuk program lainnya.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sisterprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(("owner", ""), _negated=True), name="programme_has_owner"
            ),
        ),
        migrations.AddConstraint(
            model_name="sisterprogramme",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("since_year", None), ("since_year__range", (1990, 2100)), _connector="OR"
                ),
                name="programme_year_plausible",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content_type__in", ["application/pdf", "image/jpeg", "image/png"])
                ),
                name="village_document_type_allowed",
            ),
        ),
        migrations.AddConstraint(
            model_name="villagedocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True), name="village_document_has_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["mou", "cooperation", "willingness"])),
                name="agreement_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until", None), ("valid_until__gte", models.F("dated")), _connector="OR"
                ),
                name="agreement_term_in_order",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal perjanjian.",
            ),
        ),
        migrations.RunSQL(SCANS, SCANS_BACK),
    ]
