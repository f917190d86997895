"""People, offices, and the roles, invitations, cards and sessions between them."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_people_and_offices"),
        ("accounts", "0002_cache_table"),
        ("accounts", "0003_invitations"),
        ("accounts", "0004_sign_ins"),
        ("accounts", "0005_activation_cards"),
        ("accounts", "0006_employment"),
        ("accounts", "0007_office_contact"),
        ("accounts", "0008_notices"),
        ("accounts", "0009_offices_open_and_close"),
        ("accounts", "0010_reset_at"),
        ("accounts", "0011_invitation_vouched_for"),
        ("accounts", "0012_head_confirmed"),
        ("accounts", "0013_password_requests"),
    ]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={
                            "unique": "Sudah ada akun dengan NIP, kode desa, atau surel ini."
                        },
                        max_length=254,
                        unique=True,
                        verbose_name="NIP, kode desa, atau surel",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="surel")),
                ("name", models.CharField(max_length=120, verbose_name="nama lengkap")),
                (
                    "employment",
                    models.CharField(
                        blank=True,
                        choices=[("pns", "PNS"), ("pppk", "PPPK")],
                        max_length=4,
                        verbose_name="status kepegawaian",
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("I/a", "Juru Muda (I/a)"),
                            ("I/b", "Juru Muda Tk. I (I/b)"),
                            ("I/c", "Juru (I/c)"),
                            ("I/d", "Juru Tk. I (I/d)"),
                            ("II/a", "Pengatur Muda (II/a)"),
                            ("II/b", "Pengatur Muda Tk. I (II/b)"),
                            ("II/c", "Pengatur (II/c)"),
                            ("II/d", "Pengatur Tk. I (II/d)"),
                            ("III/a", "Penata Muda (III/a)"),
                            ("III/b", "Penata Muda Tk. I (III/b)"),
                            ("III/c", "Penata (III/c)"),
                            ("III/d", "Penata Tk. I (III/d)"),
                            ("IV/a", "Pembina (IV/a)"),
                            ("IV/b", "Pembina Tk. I (IV/b)"),
                            ("IV/c", "Pembina Utama Muda (IV/c)"),
                            ("IV/d", "Pembina Utama Madya (IV/d)"),
                            ("IV/e", "Pembina Utama (IV/e)"),
                            ("I", "Golongan I"),
                            ("II", "Golongan II"),
                            ("III", "Golongan III"),
                            ("IV", "Golongan IV"),
                            ("V", "Golongan V"),
                            ("VI", "Golongan VI"),
                            ("VII", "Golongan VII"),
                            ("VIII", "Golongan VIII"),
                            ("IX", "Golongan IX"),
                            ("X", "Golongan X"),
                            ("XI", "Golongan XI"),
                            ("XII", "Golongan XII"),
                            ("XIII", "Golongan XIII"),
                            ("XIV", "Golongan XIV"),
                            ("XV", "Golongan XV"),
                            ("XVI", "Golongan XVI"),
                            ("XVII", "Golongan XVII"),
                        ],
                        max_length=5,
                        verbose_name="pangkat",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="aktif")),
                (
                    "must_change_password",
                    models.BooleanField(default=False, verbose_name="wajib mengganti sandi"),
                ),
                (
                    "reset_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="terakhir diatur ulang"
                    ),
                ),
                (
                    "signed_out_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="terakhir dikeluarkan"
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
            ],
            options={
                "verbose_name": "pengguna",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("username__regex", "^(\\d{18}|\\d{10}(-\\d{1,2})?|[^@\\s]+@[^@\\s]+)$")
                        ),
                        name="user_sign_in_name_shaped",
                        violation_error_message="Isi NIP 18 angka atau alamat surel.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("employment__in", ["", "pns", "pppk"])),
                        name="user_employment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("employment", ""),
                            models.Q(
                                ("employment", "pns"),
                                (
                                    "username__regex",
                                    "^(19|20)\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])(19|20)\\d{2}(0[1-9]|1[0-2])[12](?!000)\\d{3}$",
                                ),
                            ),
                            models.Q(("employment", "pppk"), ("username__regex", "^\\d{18}$")),
                            _connector="OR",
                        ),
                        name="user_employed_by_number",
                        violation_error_message="NIP PNS memuat tanggal lahir, bulan CPNS, jenis kelamin, dan nomor urut; periksa angkanya.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rank", ""),
                            models.Q(
                                models.Q(("employment", "pppk"), _negated=True),
                                (
                                    "rank__in",
                                    [
                                        "I/a",
                                        "I/b",
                                        "I/c",
                                        "I/d",
                                        "II/a",
                                        "II/b",
                                        "II/c",
                                        "II/d",
                                        "III/a",
                                        "III/b",
                                        "III/c",
                                        "III/d",
                                        "IV/a",
                                        "IV/b",
                                        "IV/c",
                                        "IV/d",
                                        "IV/e",
                                    ],
                                ),
                            ),
                            models.Q(
                                ("employment", "pppk"),
                                (
                                    "rank__in",
                                    [
                                        "I",
                                        "II",
                                        "III",
                                        "IV",
                                        "V",
                                        "VI",
                                        "VII",
                                        "VIII",
                                        "IX",
                                        "X",
                                        "XI",
                                        "XII",
                                        "XIII",
                                        "XIV",
                                        "XV",
                                        "XVI",
                                        "XVII",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="user_rank_of_employment",
                        violation_error_message="PNS mempunyai pangkat, PPPK mempunyai golongan I–XVII.",
                    ),
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="user_email_unique",
                        violation_error_message="Sudah ada akun dengan alamat surel ini.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivationCard",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(editable=False, max_length=22, unique=True)),
                ("code_hash", models.CharField(editable=False, max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu dipakai"),
                            ("used", "Dipakai"),
                            ("voided", "Tidak berlaku lagi"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                (
                    "wrong_tries",
                    models.PositiveSmallIntegerField(default=0, verbose_name="kode salah"),
                ),
                (
                    "issued_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="dicetak",
                    ),
                ),
                ("expires_at", models.DateTimeField(editable=False, verbose_name="berlaku sampai")),
                (
                    "settled_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="selesai"),
                ),
                (
                    "issued_by",
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
                        related_name="cards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kartu aktivasi",
                "ordering": ["-issued_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "used", "voided"])),
                        name="card_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at", None), ("status", "waiting")),
                            models.Q(
                                models.Q(("status", "waiting"), _negated=True),
                                ("settled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="card_settled_at_some_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wrong_tries__lte", 10)), name="card_tries_are_few"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("issued_at"))),
                        name="card_ends",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("user",),
                        name="card_one_waiting",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="kode")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("directorate", "Direktorat Jenderal"),
                            ("regional", "Kantor Wilayah"),
                            ("immigration_office", "Kantor Imigrasi"),
                            ("detention_house", "Rumah Detensi Imigrasi"),
                        ],
                        max_length=20,
                        verbose_name="jenis",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("office_class", models.CharField(blank=True, max_length=40, verbose_name="kelas")),
                ("city", models.CharField(blank=True, max_length=80, verbose_name="kota")),
                (
                    "timezone",
                    models.CharField(
                        choices=[
                            ("Asia/Jakarta", "WIB"),
                            ("Asia/Pontianak", "WIB (Pontianak)"),
                            ("Asia/Makassar", "WITA"),
                            ("Asia/Jayapura", "WIT"),
                        ],
                        default="Asia/Jakarta",
                        max_length=40,
                        verbose_name="zona waktu",
                    ),
                ),
                ("status", models.CharField(blank=True, max_length=60, verbose_name="keadaan")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="keterangan")),
                ("address", models.CharField(blank=True, max_length=250, verbose_name="alamat")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telepon")),
                (
                    "whatsapp",
                    models.CharField(blank=True, max_length=20, verbose_name="nomor WhatsApp"),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="surel")),
                (
                    "letterhead",
                    models.TextField(
                        blank=True, help_text="Satu baris per tingkat.", verbose_name="kop surat"
                    ),
                ),
                (
                    "emblem",
                    models.FileField(
                        blank=True, upload_to="emblems/", verbose_name="lambang kantor"
                    ),
                ),
                (
                    "prints_rank",
                    models.BooleanField(default=True, verbose_name="cetak pangkat penanda tangan"),
                ),
                (
                    "prints_nip",
                    models.BooleanField(default=True, verbose_name="cetak NIP penanda tangan"),
                ),
                (
                    "closed_on",
                    models.DateField(blank=True, null=True, verbose_name="ditutup sejak"),
                ),
                (
                    "settled",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        editable=False,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="accounts.office",
                        verbose_name="unit atasan",
                    ),
                ),
            ],
            options={
                "verbose_name": "kantor",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "directorate",
                                    "regional",
                                    "immigration_office",
                                    "detention_house",
                                ],
                            )
                        ),
                        name="office_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("whatsapp", ""),
                            ("whatsapp__regex", "^\\+[0-9]{8,15}$"),
                            _connector="OR",
                        ),
                        name="office_whatsapp_is_a_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "timezone__in",
                                [
                                    "Asia/Jakarta",
                                    "Asia/Pontianak",
                                    "Asia/Makassar",
                                    "Asia/Jayapura",
                                ],
                            )
                        ),
                        name="office_timezone_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "directorate"), ("parent", None)),
                            models.Q(
                                models.Q(("kind", "directorate"), _negated=True),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="office_only_directorate_is_root",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "directorate")),
                        fields=("kind",),
                        name="office_one_directorate",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on", None),
                            models.Q(("kind", "directorate"), _negated=True),
                            _connector="OR",
                        ),
                        name="office_directorate_stays_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama lengkap")),
                ("email", models.EmailField(max_length=254, verbose_name="surel")),
                ("username", models.CharField(blank=True, max_length=18, verbose_name="NIP")),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("I/a", "Juru Muda (I/a)"),
                            ("I/b", "Juru Muda Tk. I (I/b)"),
                            ("I/c", "Juru (I/c)"),
                            ("I/d", "Juru Tk. I (I/d)"),
                            ("II/a", "Pengatur Muda (II/a)"),
                            ("II/b", "Pengatur Muda Tk. I (II/b)"),
                            ("II/c", "Pengatur (II/c)"),
                            ("II/d", "Pengatur Tk. I (II/d)"),
                            ("III/a", "Penata Muda (III/a)"),
                            ("III/b", "Penata Muda Tk. I (III/b)"),
                            ("III/c", "Penata (III/c)"),
                            ("III/d", "Penata Tk. I (III/d)"),
                            ("IV/a", "Pembina (IV/a)"),
                            ("IV/b", "Pembina Tk. I (IV/b)"),
                            ("IV/c", "Pembina Utama Muda (IV/c)"),
                            ("IV/d", "Pembina Utama Madya (IV/d)"),
                            ("IV/e", "Pembina Utama (IV/e)"),
                        ],
                        max_length=5,
                        verbose_name="pangkat",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("staff", "Petugas"),
                            ("head", "Kepala Kantor"),
                            ("observer", "Pengamat"),
                            ("admin", "Administrator"),
                        ],
                        max_length=10,
                        verbose_name="peran",
                    ),
                ),
                (
                    "acting_kind",
                    models.CharField(
                        blank=True,
                        choices=[("plt", "Plt."), ("plh", "Plh.")],
                        max_length=3,
                        verbose_name="status jabatan",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="jabatan")),
                ("starts_on", models.DateField(verbose_name="mulai")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="sampai")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "Menunggu"),
                            ("accepted", "Diterima"),
                            ("withdrawn", "Ditarik"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("seed", models.CharField(editable=False, max_length=43)),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("asked_at", models.DateTimeField(editable=False, verbose_name="diminta")),
                ("expires_at", models.DateTimeField(editable=False, verbose_name="berlaku sampai")),
                (
                    "mailed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="terkirim"),
                ),
                (
                    "settled_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="selesai"),
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
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "undangan",
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "accepted", "withdrawn"])),
                        name="invitation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["staff", "head", "observer", "admin"])),
                        name="invitation_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("username", ""), ("username__regex", "^\\d{18}$"), _connector="OR"
                        ),
                        name="invitation_nip_shaped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        name="invitation_has_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="invitation_dates_in_order",
                        violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acting_kind", ""),
                            models.Q(
                                ("acting_kind__in", ["plt", "plh"]),
                                ("ends_on__isnull", False),
                                ("role", "head"),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_acting_is_a_dated_head",
                        violation_error_message="Plt./Plh. hanya untuk kepala kantor, dengan tanggal akhir.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                        name="invitation_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("settled_at__isnull", True),
                                ("settled_by", None),
                                ("status", "waiting"),
                            ),
                            models.Q(
                                models.Q(("status", "waiting"), _negated=True),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="invitation_settled_by_someone",
                    ),
                    models.UniqueConstraint(
                        models.F("office"),
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("status", "waiting")),
                        name="invitation_one_waiting",
                        violation_error_message="Alamat ini sudah diundang oleh kantor ini; kirim ulang atau tarik dahulu.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                            ("staff", "Petugas"),
                            ("head", "Kepala Kantor"),
                            ("observer", "Pengamat"),
                            ("admin", "Administrator"),
                        ],
                        max_length=10,
                        verbose_name="peran",
                    ),
                ),
                (
                    "acting_kind",
                    models.CharField(
                        blank=True,
                        choices=[("plt", "Plt."), ("plh", "Plh.")],
                        max_length=3,
                        verbose_name="status jabatan",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=120, verbose_name="jabatan")),
                ("starts_on", models.DateField(verbose_name="mulai")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="sampai")),
                (
                    "basis",
                    models.CharField(blank=True, default="", max_length=160, verbose_name="dasar"),
                ),
                (
                    "awaits",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        editable=False,
                        verbose_name="menunggu pengesahan",
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="disahkan"),
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
                    "confirmed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="disahkan oleh",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diberikan oleh",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="accounts.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "peran",
                "ordering": ["office", "role", "-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["staff", "head", "observer", "admin"])),
                        name="membership_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acting_kind__in", ["", "plt", "plh"])),
                        name="membership_acting_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="membership_dates_in_order",
                        violation_error_message="Tanggal akhir tidak boleh sebelum tanggal mulai.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("acting_kind", ""),
                            models.Q(("ends_on__isnull", False), ("role", "head")),
                            _connector="OR",
                        ),
                        name="membership_acting_is_a_dated_head",
                        violation_error_message="Plt./Plh. hanya untuk kepala kantor, dengan tanggal akhir.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("awaits", False),
                            models.Q(
                                ("confirmed_by", None),
                                ("given_by__isnull", False),
                                ("role", "head"),
                            ),
                            _connector="OR",
                        ),
                        name="membership_awaits_as_head",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at", None), ("confirmed_by", None)),
                            models.Q(
                                ("awaits", False),
                                ("confirmed_at__isnull", False),
                                ("role", "head"),
                                models.Q(("confirmed_by", models.F("given_by")), _negated=True),
                                models.Q(("confirmed_by", models.F("user")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="membership_confirmed_by_another",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "staff")),
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
                                    models.F("office_id"),
                                    models.F("office_id"),
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
                        name="membership_no_overlap_staff",
                        violation_error_message="Orang ini sudah memegang peran itu pada tanggal tersebut.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "head")),
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
                                    models.F("office_id"),
                                    models.F("office_id"),
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
                        name="membership_no_overlap_head",
                        violation_error_message="Orang ini sudah memegang peran itu pada tanggal tersebut.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "observer")),
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
                                    models.F("office_id"),
                                    models.F("office_id"),
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
                        name="membership_no_overlap_observer",
                        violation_error_message="Orang ini sudah memegang peran itu pada tanggal tersebut.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("role", "admin")),
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
                                    models.F("office_id"),
                                    models.F("office_id"),
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
                        name="membership_no_overlap_admin",
                        violation_error_message="Orang ini sudah memegang peran itu pada tanggal tersebut.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("acting_kind", ""), ("role", "head")),
                        expressions=[
                            (
                                models.Func(
                                    models.F("office_id"),
                                    models.F("office_id"),
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
                        name="membership_one_head_at_a_time",
                        violation_error_message="Kantor ini sudah memiliki kepala pada tanggal tersebut; akhiri dahulu masa jabatannya, atau pilih Plt./Plh.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="jenis")),
                ("subject_id", models.BigIntegerField()),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="waktu",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="selesai"),
                ),
            ],
            options={
                "verbose_name": "pemberitahuan",
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None)), fields=["at"], name="notice_open"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__contains", ".")), name="notice_kind_namespaced"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at", None), ("closed_at__gte", models.F("at")), _connector="OR"
                        ),
                        name="notice_closed_afterwards",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PasswordRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="surel")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="diminta"
                    ),
                ),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("refusals", models.PositiveSmallIntegerField(default=0, verbose_name="penolakan")),
            ],
            options={
                "verbose_name": "permintaan sandi baru",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        name="password_request_has_address",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("session_key", models.CharField(editable=False, max_length=40, unique=True)),
                ("device", models.CharField(max_length=60, verbose_name="perangkat")),
                (
                    "since",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="masuk sejak",
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="terakhir terlihat",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ins",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "perangkat yang masuk",
                "ordering": ["-seen_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seen_at__gte", models.F("since"))),
                        name="sign_in_seen_since",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Told",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="waktu")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="told",
                        to="accounts.notice",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sudah diberitahukan",
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "user"), name="told_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("mailed_at", models.DateTimeField(null=True, verbose_name="terakhir disurati")),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="penolakan")),
                ("tried_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "kotak surat",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failures", 0), ("tried_at__isnull", False), _connector="OR"
                        ),
                        name="mailbox_failures_were_tried",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pace",
                    models.CharField(
                        choices=[
                            ("at_once", "Segera"),
                            ("daily", "Sekali sehari"),
                            ("never", "Tidak pernah"),
                        ],
                        default="at_once",
                        max_length=10,
                        verbose_name="irama",
                    ),
                ),
                (
                    "muted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        verbose_name="tanpa surel",
                    ),
                ),
            ],
            options={
                "verbose_name": "pilihan pemberitahuan",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pace__in", ["at_once", "daily", "never"])),
                        name="notice_choice_pace_known",
                    )
                ],
            },
        ),
    ]
