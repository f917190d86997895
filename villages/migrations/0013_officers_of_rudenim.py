"""A Rudenim guides no villages: its officers are sent to those of a Kanim under the same Kanwil."""

from django.db import migrations

PROMISE = """
CREATE OR REPLACE FUNCTION assignment_within_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE term record;
BEGIN
    SELECT officer.office_id, officer.starts_on, officer.ends_on, office.kind, office.parent_id
        INTO term FROM villages_officer AS officer
        JOIN accounts_office AS office ON office.id = officer.office_id
        WHERE officer.id = NEW.officer_id FOR SHARE OF officer;
    IF NEW.starts_on < term.starts_on
       OR coalesce(NEW.ends_on, 'infinity') > coalesce(term.ends_on, 'infinity')
    THEN
        RAISE EXCEPTION 'an assignment lies within its officer''s term'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_within_term';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM villages_village AS village
        JOIN accounts_office AS guiding ON guiding.id = village.office_id
        WHERE village.id = NEW.village_id AND (
            village.office_id = term.office_id
            OR term.kind = 'detention_house' AND guiding.parent_id = term.parent_id
        ) FOR SHARE OF village
    ) THEN
        RAISE EXCEPTION 'officers guide the villages of their own office'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_of_its_office';
    END IF;
    RETURN NEW;
END $$;
"""
PROMISE_BACK = """
CREATE OR REPLACE FUNCTION assignment_within_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE term record;
BEGIN
    SELECT office_id, starts_on, ends_on INTO term FROM villages_officer
        WHERE id = NEW.officer_id FOR SHARE;
    IF NEW.starts_on < term.starts_on
       OR coalesce(NEW.ends_on, 'infinity') > coalesce(term.ends_on, 'infinity')
    THEN
        RAISE EXCEPTION 'an assignment lies within its officer''s term'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_within_term';
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM villages_village
        WHERE id = NEW.village_id AND office_id = term.office_id FOR SHARE
    ) THEN
        RAISE EXCEPTION 'officers guide the villages of their own office'
            USING ERRCODE = '23514', CONSTRAINT = 'assignment_of_its_office';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0012_assignment_letters")]
    operations = [migrations.RunSQL(PROMISE, PROMISE_BACK)]
