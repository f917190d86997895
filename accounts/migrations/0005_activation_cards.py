"""Activation cards: one at a time, used once, with few wrong codes."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

PROMISE = """
CREATE FUNCTION card_opens_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.status <> 'waiting' OR NEW.wrong_tries < OLD.wrong_tries
       OR (NEW.user_id, NEW.key, NEW.code_hash, NEW.expires_at)
          IS DISTINCT FROM (OLD.user_id, OLD.key, OLD.code_hash, OLD.expires_at)
    THEN
        RAISE EXCEPTION 'a card opens once, and stays as it was printed'
            USING ERRCODE = '23514', CONSTRAINT = 'card_opens_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER card_opens_once BEFORE UPDATE OR DELETE ON accounts_activationcard
    FOR EACH ROW EXECUTE FUNCTION card_opens_once();
"""
FORGET = """
DROP TRIGGER card_opens_once ON accounts_activationcard;
DROP FUNCTION card_opens_once;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_sign_ins"),
    ]

    operations = [
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
        migrations.RunSQL(PROMISE, FORGET),
    ]
