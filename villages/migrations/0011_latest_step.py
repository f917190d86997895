"""An index for the list of sheets, which begins with the latest step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0010_village_count")]

    operations = [
        migrations.AddIndex(
            model_name="designation",
            index=models.Index(fields=["-status_at", "-id"], name="designation_latest_step"),
        ),
    ]
