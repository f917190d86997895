"""Certificates of attendance: who gets one at an event, and whose each one is."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_participation) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget certificates of attendance'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_offices"),
        ("certificates", "0004_number_whatever_its_case"),
        ("events", "0024_knowledge_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), verbose_name="kelompok peserta"
                    ),
                ),
                (
                    "contributions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), verbose_name="pengisi acara"
                    ),
                ),
                (
                    "dated",
                    models.CharField(
                        choices=[
                            ("event", "Hari terakhir kegiatan"),
                            ("order", "Hari sertifikat dibuat"),
                        ],
                        default="event",
                        max_length=10,
                        verbose_name="tanggal",
                    ),
                ),
                ("signer_title", models.CharField(blank=True, max_length=160)),
                ("signer_name", models.CharField(blank=True, max_length=120)),
                ("signer_nip", models.CharField(blank=True, max_length=18)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificate_rule",
                        to="events.event",
                    ),
                ),
                (
                    "signed_as",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "aturan sertifikat",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "categories__contained_by",
                                ["officer", "village", "agency", "public"],
                            ),
                            ("contributions__contained_by", ["speaker", "moderator", "opener"]),
                            ("dated__in", ["event", "order"]),
                        ),
                        name="certificate_rule_of_known_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("categories", []), _negated=True),
                            models.Q(("contributions", []), _negated=True),
                            _connector="OR",
                        ),
                        name="certificate_rule_for_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signer_name", ""), ("signer_nip", ""), ("signer_title", "")),
                            models.Q(
                                ("signed_as", None),
                                models.Q(("signer_title", ""), _negated=True),
                                models.Q(("signer_name", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="certificate_rule_signer_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "certificate",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="participation",
                        serialize=False,
                        to="certificates.certificate",
                    ),
                ),
                ("key", models.CharField(max_length=12, unique=True)),
                (
                    "mended_name",
                    models.CharField(blank=True, max_length=120, verbose_name="nama yang benar"),
                ),
                (
                    "attendee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participations",
                        to="events.attendee",
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="participations",
                        to="events.contributor",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "sertifikat kehadiran",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("key__regex", "^[23456789abcdefghjkmnpqrstuvwxyz]{12}$")
                        ),
                        name="participation_key_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attendee", None), ("contributor", None), _connector="OR"
                        ),
                        name="participation_of_one",
                    ),
                ],
            },
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
