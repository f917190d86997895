"""An item of an agenda may open the next day."""

from django.db import migrations, models

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_agendaitem WHERE opens_day_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget which items open a day'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0046_report_words_proposed")]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="opens_day_at",
            field=models.TimeField(
                blank=True, null=True, verbose_name="mulai hari berikutnya pukul"
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
