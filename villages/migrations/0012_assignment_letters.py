"""The letters that send officers to their villages."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0008_signed_letters"),
        ("villages", "0011_criterion_keeps_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="AssignmentLetter",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="assignment_letter",
                        serialize=False,
                        to="certificates.letter",
                    ),
                ),
                (
                    "assignments",
                    models.ManyToManyField(related_name="letters", to="villages.assignment"),
                ),
            ],
            options={"verbose_name": "surat tugas"},
        ),
    ]
