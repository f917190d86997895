"""The turnout is counted anew whenever who came, classes, or who is one person changes."""

from django.db import migrations

# Whoever changes a list holds its event already; whoever does not is made to, so that two who
# write at once count one after the other.
FORWARD = """
CREATE FUNCTION count_turnout(its bigint[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM events_event WHERE id = ANY(its) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO events_turnout (event_id, people, men, women, boys, girls)
    SELECT event.id, named.people, named.men, named.women, counted.boys, counted.girls
    FROM events_event event
    CROSS JOIN LATERAL (
        SELECT count(*) AS people,
               count(*) FILTER (WHERE sex = 'L') AS men,
               count(*) FILTER (WHERE sex = 'P') AS women
        FROM events_attendee
        WHERE event_id = event.id
          AND NOT EXISTS (SELECT 1 FROM events_merge
                          WHERE other_id = events_attendee.id AND is_one)
    ) named
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(boys), 0) AS boys, coalesce(sum(girls), 0) AS girls
        FROM events_schoolcount WHERE event_id = event.id
    ) counted
    WHERE event.id = ANY(its)
    ON CONFLICT (event_id) DO UPDATE
    SET (people, men, women, boys, girls) =
        (EXCLUDED.people, EXCLUDED.men, EXCLUDED.women, EXCLUDED.boys, EXCLUDED.girls);
END $$;

CREATE FUNCTION turnout_counts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    its bigint[];
BEGIN
    IF TG_OP = 'DELETE' THEN
        its := ARRAY(SELECT DISTINCT event_id FROM gone);
    ELSE
        its := ARRAY(SELECT DISTINCT event_id FROM come);
    END IF;
    IF its <> '{}' THEN
        PERFORM count_turnout(its);
    END IF;
    RETURN NULL;
END $$;
"""
TABLES = {
    "turnout_of_people": "events_attendee",
    "turnout_of_pupils": "events_schoolcount",
    "turnout_of_merges": "events_merge",
}
COUNTED = "".join(
    f"""
CREATE TRIGGER {name}_come AFTER INSERT ON {table} REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION turnout_counts();
CREATE TRIGGER {name}_change AFTER UPDATE ON {table} REFERENCING NEW TABLE AS come
    FOR EACH STATEMENT EXECUTE FUNCTION turnout_counts();
CREATE TRIGGER {name}_go AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION turnout_counts();
"""
    for name, table in TABLES.items()
)
EXISTING = """
SELECT count_turnout(ARRAY(
    SELECT event_id FROM events_attendee UNION SELECT event_id FROM events_schoolcount
));
"""
BACKWARD = "DROP FUNCTION turnout_counts CASCADE; DROP FUNCTION count_turnout;"


class Migration(migrations.Migration):
    dependencies = [("events", "0029_turnout")]
    operations = [
        migrations.RunSQL(FORWARD + COUNTED, BACKWARD),
        migrations.RunSQL(EXISTING, migrations.RunSQL.noop),
    ]
