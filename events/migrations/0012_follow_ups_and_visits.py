"""When an officer called on a village, and what follows from that or from an event."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_visit)
       OR EXISTS (SELECT FROM events_followup) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget visits, or what follows'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_offices"),
        ("events", "0011_invitees_stay"),
        ("villages", "0011_latest_step"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("visited_at", models.DateTimeField(verbose_name="waktu")),
                ("met", models.CharField(max_length=250, verbose_name="menemui")),
                ("said", models.TextField(max_length=3000, verbose_name="yang dibicarakan")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="dicatat",
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
                        related_name="visits",
                        to="accounts.office",
                    ),
                ),
                (
                    "officer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="villages.officer",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "sambang desa",
                "ordering": ["-visited_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("what", models.CharField(max_length=250, verbose_name="tindak lanjut")),
                ("due_on", models.DateField(verbose_name="paling lambat")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="dikerjakan")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="dicatat",
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
                    "done_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="events.event",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="accounts.office",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="events.visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "tindak lanjut",
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["office", "-visited_at"], name="visit_by_office"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["village", "-visited_at"], name="visit_by_village"),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["officer", "-visited_at"], name="visit_by_officer"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("met", ""), _negated=True), models.Q(("said", ""), _negated=True)
                ),
                name="visit_is_told",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["office", "due_on"],
                name="follow_up_to_do",
            ),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("done_at", None)),
                fields=["owner", "due_on"],
                name="follow_up_of_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True), name="follow_up_is_named"
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event", None), ("visit__isnull", False)),
                    models.Q(("event__isnull", False), ("visit", None)),
                    _connector="OR",
                ),
                name="follow_up_of_an_event_or_a_visit",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="follow_up_done_by_somebody",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
