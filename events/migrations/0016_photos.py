"""Photos of an event or a visit."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_photo) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget photos'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0015_minutes_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "file",
                    models.FileField(max_length=80, upload_to="documents/", verbose_name="berkas"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="nama berkas")),
                ("content_type", models.CharField(max_length=40, verbose_name="jenis")),
                ("size", models.PositiveIntegerField(verbose_name="ukuran")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                (
                    "caption",
                    models.CharField(blank=True, max_length=160, verbose_name="keterangan"),
                ),
                (
                    "is_consented",
                    models.BooleanField(
                        default=False, verbose_name="orang dalam foto setuju dimuat"
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="events.event",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="events.visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "foto",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("event", None), ("visit__isnull", False)),
                            models.Q(("event__isnull", False), ("visit", None)),
                            _connector="OR",
                        ),
                        name="photo_of_an_event_or_a_visit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content_type", "image/jpeg"), ("size__range", (1, 307200))
                        ),
                        name="photo_is_reduced",
                    ),
                ],
            },
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
