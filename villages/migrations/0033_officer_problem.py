"""What is wrong with a row's cells is kept apart from what was said of one person."""

from django.db import migrations, models

# Until now both stood in one column; only a person's began later than the table says.
FORWARD = """
UPDATE villages_importrow SET officer_problem = officer_reason
    WHERE officer_reason <> '' AND officer_reason NOT LIKE '% baru menjadi PIMPASA %';
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0032_closed_in_a_capacity")]
    operations = [
        migrations.AddField(
            model_name="importrow",
            name="officer_problem",
            field=models.TextField(
                blank=True, default="", verbose_name="isian PIMPASA yang keliru"
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
