"""Whose word besides their own is on who entered themselves; nobody's was kept until now."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Whoever noted, mended or recognised them since, by the history, where the list is not closed. What
# came down from this version and goes up again has every verb that gives an officer's word.
KNOWN = """
UPDATE events_attendee SET vouched_by_id = (
    SELECT entry.by_id FROM audit_entry AS entry
    JOIN django_content_type AS kind ON kind.id = entry.subject_type_id
    WHERE kind.app_label = 'events' AND kind.model = 'attendee'
      AND entry.subject_id = events_attendee.id AND entry.by_id IS NOT NULL
      AND entry.verb IN ('attendee.completed', 'attendee.changed', 'attendee.vouched',
                         'attendee.identified')
    ORDER BY entry.id LIMIT 1
)
WHERE source = 'self'
  AND event_id IN (SELECT id FROM events_event WHERE status NOT IN ('reported', 'cancelled'));
"""

# A closed list is not written again on the way up, but a report may be taken back: then it counts.
KEPT = """
DO $$ BEGIN
    IF EXISTS (
        SELECT FROM events_attendee AS its JOIN events_event AS event ON event.id = its.event_id
        WHERE its.vouched_by_id IS NOT NULL AND event.status IN ('reported', 'cancelled')
    ) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget whom officers vouched for'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_only_added_to"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("events", "0039_certificate_names_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="attendee",
            name="vouched_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(KNOWN, KEPT),
    ]
