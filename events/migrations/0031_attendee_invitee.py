"""Who came may be somebody who is invited; each guest comes once."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0030_turnout_counts")]
    operations = [
        migrations.AddField(
            model_name="attendee",
            name="invitee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="noted",
                to="events.invitee",
                verbose_name="undangan",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendee",
            constraint=models.UniqueConstraint(
                fields=["invitee"],
                name="attendee_of_invitee_once",
                violation_error_message="Undangan ini sudah dicatat hadir.",
            ),
        ),
    ]
