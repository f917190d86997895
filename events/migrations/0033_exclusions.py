"""Who of an event gets no certificate of attendance; and which revoked one is not replaced."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_exclusion)
       OR EXISTS (SELECT FROM events_participation WHERE unreplaced) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget who gets no certificate'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0032_attendee_of_its_guests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exclusion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(max_length=500, verbose_name="alasan")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "attendee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="events.attendee",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contributor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="events.contributor",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exclusions",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengecualian",
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attendee", None), ("contributor__isnull", False)),
                            models.Q(("attendee__isnull", False), ("contributor", None)),
                            _connector="OR",
                        ),
                        name="exclusion_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="exclusion_with_a_reason",
                    ),
                    models.UniqueConstraint(fields=("attendee",), name="exclusion_attendee_once"),
                    models.UniqueConstraint(
                        fields=("contributor",), name="exclusion_contributor_once"
                    ),
                ],
            },
        ),
        # Those that were revoked before this was asked are replaced, as they were.
        migrations.AddField(
            model_name="participation",
            name="unreplaced",
            field=models.BooleanField(default=False, verbose_name="tidak diganti"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(("mended_name", ""), ("unreplaced", False), _connector="OR"),
                name="participation_mended_is_replaced",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
