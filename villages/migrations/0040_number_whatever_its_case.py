"""A decree's number is one number, in small letters or capitals."""

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Upper


class Migration(migrations.Migration):
    dependencies = [("villages", "0039_region_by_level")]

    operations = [
        migrations.RemoveConstraint("decree", "decree_number_once"),
        migrations.AddConstraint(
            "decree",
            models.UniqueConstraint(
                "office",
                "year",
                Upper("number"),
                condition=~Q(number=""),
                name="decree_number_once",
            ),
        ),
    ]
