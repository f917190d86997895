"""One index for the regions of a level, those no longer in force among them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0038_roles_outlast_acts")]

    operations = [
        migrations.RemoveIndex(model_name="region", name="region_current"),
        migrations.AddIndex(
            model_name="region",
            index=models.Index(
                fields=["level", "code"], include=["retired_on"], name="region_by_level"
            ),
        ),
    ]
