"""What was said at an event: its minutes, what was asked and answered."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0013_follow_ups_stay"),
    ]

    operations = [
        migrations.CreateModel(
            name="Minutes",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("taken_by", models.CharField(blank=True, max_length=160, verbose_name="notulis")),
                ("text", models.TextField(max_length=20000, verbose_name="notulen")),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="minutes",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "notulen",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="minutes_say_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                ("asked_by", models.CharField(max_length=160, verbose_name="penanya")),
                ("text", models.TextField(max_length=2000, verbose_name="pertanyaan")),
                ("answer", models.TextField(blank=True, max_length=3000, verbose_name="jawaban")),
                (
                    "answered_by",
                    models.CharField(blank=True, max_length=160, verbose_name="dijawab oleh"),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name": "pertanyaan",
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("asked_by", ""), _negated=True),
                        ),
                        name="question_is_asked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by", ""),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="question_answered_by_an_answer",
                    ),
                ],
            },
        ),
    ]
