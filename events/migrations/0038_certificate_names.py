"""How somebody is called on a certificate of attendance, once the lists change no more."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_certificatename) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget how certificates call people'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0037_two_people_after_the_report"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama")),
                ("instead_of", models.CharField(max_length=120, verbose_name="nama pada daftar")),
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
                        related_name="certificate_names",
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
                        related_name="certificate_names",
                        to="events.contributor",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificate_names",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "nama pada sertifikat",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attendee", None), ("contributor__isnull", False)),
                            models.Q(("attendee__isnull", False), ("contributor", None)),
                            _connector="OR",
                        ),
                        name="certificate_name_of_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="certificate_name_said",
                    ),
                    models.UniqueConstraint(
                        fields=("attendee",), name="certificate_name_attendee_once"
                    ),
                    models.UniqueConstraint(
                        fields=("contributor",), name="certificate_name_contributor_once"
                    ),
                ],
            },
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
