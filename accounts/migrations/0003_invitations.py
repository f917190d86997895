"""Invitations: a role that waits for a person; answered once, by somebody."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

PROMISE = """
CREATE FUNCTION invitation_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.status <> 'waiting' THEN
        RAISE EXCEPTION 'an invitation is answered once, and stays'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_answered_once';
    END IF;
    IF (NEW.office_id, NEW.email, NEW.username, NEW.role, NEW.acting_kind, NEW.starts_on,
        NEW.ends_on, NEW.invited_by_id)
       IS DISTINCT FROM (OLD.office_id, OLD.email, OLD.username, OLD.role, OLD.acting_kind,
        OLD.starts_on, OLD.ends_on, OLD.invited_by_id)
    THEN
        RAISE EXCEPTION 'what was offered stays'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_answered_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invitation_answered_once BEFORE UPDATE OR DELETE ON accounts_invitation
    FOR EACH ROW EXECUTE FUNCTION invitation_answered_once();
"""
FORGET = """
DROP TRIGGER invitation_answered_once ON accounts_invitation;
DROP FUNCTION invitation_answered_once;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_cache_table"),
    ]

    operations = [
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
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="accounts.office",
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
        migrations.RunSQL(PROMISE, FORGET),
    ]
