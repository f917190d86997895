"""What belongs to an event waits for whoever settles it in that moment, and they for it."""

from django.db import migrations

SETTLED = """
    IF EXISTS (SELECT 1 FROM events_event WHERE id = its AND status IN ('reported', 'cancelled'))
    THEN
        RAISE EXCEPTION 'what was reported or cancelled stays as it was'
            USING ERRCODE = '23514', CONSTRAINT = '{name}';
    END IF;"""
# The event is held first, and its status read once it is: as it stands by then. Held as by those
# who count its people (`count_turnout`): two who shared it would each wait for the other there.
HELD = """
    PERFORM FROM events_event WHERE id = its FOR NO KEY UPDATE;"""

BODIES = {
    "event_part_stays": """
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.event_id <> OLD.event_id THEN
        RAISE EXCEPTION 'it belongs to its event'
            USING ERRCODE = '23514', CONSTRAINT = 'event_part_stays';
    END IF;{settled}
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END""",
    "event_village_stays": """
DECLARE
    its bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.event_id ELSE NEW.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a village is added or taken off, not exchanged'
            USING ERRCODE = '23514', CONSTRAINT = 'event_village_stays';
    END IF;{settled}
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF (SELECT level FROM villages_region WHERE id = NEW.region_id) <> 4 THEN
        RAISE EXCEPTION 'an event is for villages'
            USING ERRCODE = '23514', CONSTRAINT = 'event_village_is_one';
    END IF;
    RETURN NEW;
END""",
    "photo_stays": """
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.event_id, NEW.visit_id, NEW.key, NEW.file, NEW.sha256, NEW.uploaded_by_id)
            IS DISTINCT FROM
            (OLD.event_id, OLD.visit_id, OLD.key, OLD.file, OLD.sha256, OLD.uploaded_by_id) THEN
            RAISE EXCEPTION 'a photo stays what it is'
                USING ERRCODE = '23514', CONSTRAINT = 'photo_stays';
        END IF;
        -- Whoever does not agree any more must be heard at any time.
        IF (NEW.caption, NEW.position) IS NOT DISTINCT FROM (OLD.caption, OLD.position) THEN
            RETURN NEW;
        END IF;
    END IF;{settled}
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END""",
    "follow_up_stays": """
DECLARE
    its bigint := CASE WHEN TG_OP = 'INSERT' THEN NEW.event_id ELSE OLD.event_id END;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.event_id, NEW.visit_id, NEW.office_id, NEW.created_by_id)
            IS DISTINCT FROM (OLD.event_id, OLD.visit_id, OLD.office_id, OLD.created_by_id) THEN
            RAISE EXCEPTION 'it belongs to what it follows from'
                USING ERRCODE = '23514', CONSTRAINT = 'follow_up_stays';
        END IF;
        -- That it is done may be said at any time; what was asked for no longer changes then.
        IF (NEW.what, NEW.owner_id, NEW.due_on)
            IS NOT DISTINCT FROM (OLD.what, OLD.owner_id, OLD.due_on) THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.office_id <> COALESCE(
        (SELECT office_id FROM events_event WHERE id = NEW.event_id),
        (SELECT office_id FROM events_visit WHERE id = NEW.visit_id)) THEN
        RAISE EXCEPTION 'it is for the office of what it follows from'
            USING ERRCODE = '23514', CONSTRAINT = 'follow_up_stays';
    END IF;{settled}
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END""",
    "material_stays": """
DECLARE
    its bigint := (
        SELECT event_id FROM events_contributor
        WHERE id = CASE WHEN TG_OP = 'INSERT' THEN NEW.contributor_id ELSE OLD.contributor_id END
    );
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a file stays what it is'
            USING ERRCODE = '23514', CONSTRAINT = 'material_stays';
    END IF;{settled}
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END""",
}


def written(held: str) -> str:
    """All of them, with or without holding the event."""
    return "\n".join(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f"{body.replace('{settled}', held + SETTLED.replace('{name}', name))} $$;"
        for name, body in BODIES.items()
    )


class Migration(migrations.Migration):
    dependencies = [("events", "0043_invitations_stay")]
    operations = [migrations.RunSQL(written(HELD), written(""))]
