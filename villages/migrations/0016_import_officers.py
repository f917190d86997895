"""The PIMPASA whom an office's own table names: who each is, settled once for all their rows."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0015_editions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="adds_contacts",
            field=models.BooleanField(default=False, verbose_name="membawa kontak"),
        ),
        migrations.AddField(
            model_name="importrow",
            name="is_assigned",
            field=models.BooleanField(default=False, verbose_name="PIMPASA ditugaskan"),
        ),
        migrations.AddField(
            model_name="importrow",
            name="officer_reason",
            field=models.TextField(blank=True, verbose_name="sebab tanpa PIMPASA"),
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
            },
        ),
        migrations.AddField(
            model_name="importrow",
            name="officer",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rows",
                to="villages.importofficer",
            ),
        ),
        migrations.AddConstraint(
            model_name="importofficer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["matched", "new", "doubtful", "refused", "dropped", "recorded"])
                ),
                name="import_officer_status_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="importofficer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "matched"), _negated=True),
                    ("user__isnull", False),
                    _connector="OR",
                ),
                name="import_officer_is_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="importofficer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "new"), _negated=True),
                    ("user__isnull", False),
                    models.Q(("nip", ""), _negated=True),
                    _connector="OR",
                ),
                name="import_officer_new_has_a_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="importofficer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["doubtful", "refused"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="import_officer_says_why",
            ),
        ),
    ]
