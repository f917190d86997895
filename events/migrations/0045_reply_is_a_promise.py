"""Who says that they come will come: "Akan hadir"."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0044_parts_wait")]
    operations = [
        migrations.AlterField(
            model_name="invitee",
            name="reply",
            field=models.CharField(
                blank=True,
                choices=[
                    ("coming", "Akan hadir"),
                    ("represented", "Diwakili"),
                    ("absent", "Tidak hadir"),
                ],
                max_length=12,
                verbose_name="jawaban",
            ),
        ),
    ]
