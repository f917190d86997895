"""Who came may be somebody who is invited; each guest comes once."""

import django.db.models.deletion
from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_attendee WHERE invitee_id IS NOT NULL) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget who came as whose guest'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


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
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
