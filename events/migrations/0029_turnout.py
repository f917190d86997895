"""How many came to each event, one row an event."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0028_short_links_stay")]
    operations = [
        migrations.CreateModel(
            name="Turnout",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="turnout",
                        serialize=False,
                        to="events.event",
                    ),
                ),
                ("people", models.PositiveIntegerField(default=0, verbose_name="peserta")),
                ("men", models.PositiveIntegerField(default=0, verbose_name="peserta laki-laki")),
                ("women", models.PositiveIntegerField(default=0, verbose_name="peserta perempuan")),
                ("boys", models.PositiveIntegerField(default=0, verbose_name="siswa laki-laki")),
                ("girls", models.PositiveIntegerField(default=0, verbose_name="siswa perempuan")),
            ],
            options={"verbose_name": "jumlah hadir"},
        ),
    ]
