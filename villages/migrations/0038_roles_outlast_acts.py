"""A role ends no earlier than the last day on which something was decided in it."""

from django.db import migrations

# Whoever decides holds the role's row, so an end that waited for them sees what they decided.
FORWARD = """
CREATE FUNCTION membership_outlasts_acts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (
            SELECT decided_at AS moment FROM villages_designation WHERE decided_as_id = NEW.id
            UNION ALL
            SELECT confirmed_at FROM villages_designation WHERE confirmed_as_id = NEW.id
            UNION ALL
            SELECT status_at FROM villages_designation WHERE ended_as_id = NEW.id
            UNION ALL
            SELECT ordered_at FROM villages_designation AS sheet
            JOIN certificates_certificate AS certificate ON certificate.id = sheet.certificate_id
            WHERE sheet.certified_as_id = NEW.id
            UNION ALL
            SELECT decided_at FROM villages_revocation WHERE decided_as_id = NEW.id
        ) AS act
        JOIN accounts_office AS office ON office.id = NEW.office_id
        WHERE (act.moment AT TIME ZONE office.timezone)::date > NEW.ends_on
    ) THEN
        RAISE EXCEPTION 'a role lasts as long as whoever holds it acted in it'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_outlasts_acts';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_outlasts_acts BEFORE UPDATE OF ends_on ON accounts_membership
    FOR EACH ROW WHEN (NEW.ends_on < coalesce(OLD.ends_on, 'infinity'))
    EXECUTE FUNCTION membership_outlasts_acts();
"""
BACKWARD = """
DROP TRIGGER membership_outlasts_acts ON accounts_membership;
DROP FUNCTION membership_outlasts_acts();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_head_confirmed"),
        ("certificates", "0001_papers"),
        ("villages", "0037_decree_changed_by"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
