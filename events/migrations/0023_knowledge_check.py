"""The knowledge check of an event: its questions, and sheets of nobody by name."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_knowledgecheck) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget knowledge checks'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0022_reports_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KnowledgeCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=10, unique=True)),
                (
                    "open_phase",
                    models.CharField(
                        blank=True,
                        choices=[("before", "Sebelum kegiatan"), ("after", "Sesudah kegiatan")],
                        max_length=6,
                        verbose_name="dibuka",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                ("withdrawn_because", models.TextField(blank=True, max_length=500)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="knowledge_checks",
                        to="events.event",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "cek pengetahuan",
            },
        ),
        migrations.CreateModel(
            name="AnswerSheet",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[("before", "Sebelum kegiatan"), ("after", "Sesudah kegiatan")],
                        max_length=6,
                        verbose_name="fase",
                    ),
                ),
                ("answers", models.JSONField(verbose_name="jawaban")),
                ("answered_on", models.DateField(verbose_name="tanggal")),
                (
                    "knowledge_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="events.knowledgecheck",
                    ),
                ),
            ],
            options={
                "verbose_name": "lembar jawaban",
            },
        ),
        migrations.CreateModel(
            name="KnowledgeQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                ("text", models.CharField(max_length=300, verbose_name="pertanyaan")),
                (
                    "choices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=160), verbose_name="pilihan"
                    ),
                ),
                ("right", models.PositiveSmallIntegerField(verbose_name="pilihan yang benar")),
                (
                    "knowledge_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="events.knowledgecheck",
                    ),
                ),
            ],
            options={
                "verbose_name": "pertanyaan cek pengetahuan",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="knowledgecheck",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("event",),
                name="knowledge_check_one_live",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowledgecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("key__regex", "^[a-z0-9]{10}$")),
                name="knowledge_check_key_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowledgecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(("open_phase__in", ["", "before", "after"])),
                name="knowledge_check_phase_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowledgecheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at", None), ("withdrawn_because", ""), ("withdrawn_by", None)
                    ),
                    models.Q(
                        ("open_phase", ""),
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="knowledge_check_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="answersheet",
            index=models.Index(fields=["knowledge_check", "phase"], name="answer_sheet_by_phase"),
        ),
        migrations.AddConstraint(
            model_name="answersheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("phase__in", ["before", "after"])),
                name="answer_sheet_phase_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowledgequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    models.Q(("choices__contains", [""]), _negated=True),
                ),
                name="knowledge_question_asks_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowledgequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("choices__len__range", (2, 5))),
                name="knowledge_question_has_choices",
            ),
        ),
        migrations.AddConstraint(
            model_name="knowledgequestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("right__gte", 1), ("right__lte", models.F("choices__len"))),
                name="knowledge_question_one_is_right",
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
