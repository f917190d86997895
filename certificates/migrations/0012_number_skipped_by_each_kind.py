"""Two kinds of paper with one pattern both skip a number that was written by hand."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("certificates", "0011_legible_numbers")]
    operations = [
        migrations.AlterField(
            model_name="registerentry",
            name="skips",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="skipped_by",
                to="certificates.registerentry",
            ),
        ),
    ]
