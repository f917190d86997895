"""How many lines an import has, beside its table: to count them, the whole file was unpacked."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0025_region_current")]
    operations = [
        migrations.AddField(
            "import",
            "lines",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "table",
                    function="jsonb_array_length",
                    output_field=models.PositiveIntegerField(),
                ),
                output_field=models.PositiveIntegerField(),
            ),
        ),
    ]
