"""What people are told by mail: notices, who was told, how each wants it, and their mailboxes."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_office_contact"),
    ]

    operations = [
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
    ]
