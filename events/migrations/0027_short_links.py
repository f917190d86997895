"""Every event, and every letter that invites, has a short address of its own, for good."""

from django.db import migrations, models

# Signs that nobody takes for another one, five random bits each: of a UUID's sixteen bytes the
# seventh tells its version and is no chance.
FORWARD = """
CREATE FUNCTION short_key(signs integer) RETURNS text LANGUAGE sql VOLATILE AS $$
    WITH drawn AS MATERIALIZED (SELECT uuid_send(gen_random_uuid()) AS bytes)
    SELECT string_agg(
        substr('abcdefghijkmnpqrstuvwxyz23456789', 1 + (get_byte(bytes, place) & 31), 1), ''
    )
    FROM drawn, unnest(ARRAY[0,1,2,3,4,5,7,8,9,10,11,12,13,14,15]) WITH ORDINALITY AS it(place, nth)
    WHERE nth <= signs
$$;
"""
BACKWARD = "DROP FUNCTION short_key;"

# Nothing could give these back: the way down ends here while there are any.
KEPT = """
DO $$ BEGIN
    IF EXISTS (SELECT FROM events_event) THEN
        RAISE EXCEPTION 'the way down ends here: it would forget links that were sent'
            USING ERRCODE = '23514', CONSTRAINT = 'way_down_ends';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0026_participation_stays")]
    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        # A volatile default: each row that stands gets a key of its own, and no trigger is asked.
        migrations.AddField(
            "event",
            "share_key",
            models.CharField(
                db_default=models.Func(models.Value(10), function="short_key"),
                editable=False,
                max_length=10,
                unique=True,
            ),
        ),
        migrations.AddField(
            "invitationletter",
            "share_key",
            models.CharField(
                db_default=models.Func(models.Value(12), function="short_key"),
                editable=False,
                max_length=12,
                unique=True,
            ),
        ),
        migrations.AddConstraint(
            "event",
            models.CheckConstraint(
                name="event_share_key_whole",
                condition=models.Q(share_key__regex="^[a-z0-9]{10}$"),
            ),
        ),
        migrations.AddConstraint(
            "invitationletter",
            models.CheckConstraint(
                name="invitation_share_key_whole",
                condition=models.Q(share_key__regex="^[a-z0-9]{12}$"),
            ),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEPT),
    ]
