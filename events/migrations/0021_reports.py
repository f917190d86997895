"""The words of an event's report, the letters about it, and the report that settles it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_reportwords)
       OR EXISTS (SELECT FROM events_eventletter) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget reports'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_offices"),
        ("certificates", "0004_number_whatever_its_case"),
        ("events", "0020_occasion_frozen"),
        ("villages", "0011_latest_step"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("general", models.TextField(max_length=6000, verbose_name="umum")),
                ("purpose", models.TextField(max_length=6000, verbose_name="maksud dan tujuan")),
                ("scope", models.TextField(max_length=6000, verbose_name="ruang lingkup")),
                (
                    "activities",
                    models.TextField(max_length=6000, verbose_name="kegiatan yang dilaksanakan"),
                ),
                ("results", models.TextField(max_length=6000, verbose_name="hasil yang dicapai")),
                ("conclusions", models.TextField(max_length=6000, verbose_name="simpulan")),
                (
                    "suggestions",
                    models.TextField(blank=True, max_length=6000, verbose_name="saran"),
                ),
                ("closing", models.TextField(max_length=6000, verbose_name="penutup")),
            ],
            options={
                "verbose_name": "isi laporan kegiatan",
            },
        ),
        migrations.CreateModel(
            name="EventLetter",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="event_letter",
                        serialize=False,
                        to="certificates.letter",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "surat kegiatan",
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="event",
            name="report",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="events.eventletter",
            ),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("report__isnull", False), ("status", "reported")),
                    models.Q(models.Q(("status", "reported"), _negated=True), ("report", None)),
                    _connector="OR",
                ),
                name="event_reported_by_a_report",
            ),
        ),
        migrations.AddField(
            model_name="reportwords",
            name="event",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="report_words",
                to="events.event",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportwords",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("general", ""), _negated=True),
                    models.Q(("purpose", ""), _negated=True),
                    models.Q(("scope", ""), _negated=True),
                    models.Q(("activities", ""), _negated=True),
                    models.Q(("results", ""), _negated=True),
                    models.Q(("conclusions", ""), _negated=True),
                    models.Q(("closing", ""), _negated=True),
                ),
                name="report_words_say_something",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
