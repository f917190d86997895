"""An office whose head was struck out by another is not one that never had a head."""

from django.db import migrations

WORD = """
CREATE OR REPLACE FUNCTION membership_head_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.given_by_id IS DISTINCT FROM OLD.given_by_id
           OR NOT OLD.awaits AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id
        THEN
            RAISE EXCEPTION 'who gave a role and who confirmed it stays'
                USING ERRCODE = '23514', CONSTRAINT = 'membership_head_confirmed';
        END IF;
        -- Whoever confirmed it read its days: only an earlier end needs no second word.
        IF 'head' IN (OLD.role, NEW.role)
           AND (NEW.starts_on <> OLD.starts_on
                OR coalesce(NEW.ends_on, 'infinity') > coalesce(OLD.ends_on, 'infinity'))
        THEN
            RAISE EXCEPTION 'the term of a head begins as confirmed, and never grows longer'
                USING ERRCODE = '23514', CONSTRAINT = 'membership_head_confirmed';
        END IF;
        IF (NEW.awaits, NEW.role, NEW.acting_kind, NEW.user_id, NEW.office_id)
           = (OLD.awaits, OLD.role, OLD.acting_kind, OLD.user_id, OLD.office_id)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    -- The first head of an office is for its administrator to note: so it begins without help.
    IF NEW.acting_kind = '' AND NEW.given_by_id <> NEW.user_id AND NOT EXISTS (
        SELECT 1 FROM accounts_membership AS other
        WHERE other.office_id = NEW.office_id AND other.role = 'head' AND other.id <> NEW.id
    )%s THEN
        RETURN NEW;
    END IF;
    -- By nobody only where nobody is: so a portal without people begins.
    IF NEW.role = 'head' AND NEW.given_by_id IS NULL AND EXISTS (
        SELECT 1 FROM accounts_membership AS other
        WHERE other.office_id = NEW.office_id AND other.role IN ('head', 'admin')
          AND other.id <> NEW.id
    ) THEN
        RAISE EXCEPTION 'a head is confirmed, and so given by somebody, once others lead or keep the office'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_head_confirmed';
    END IF;
    -- Given by somebody, it takes the head of the office or an administrator of the nation: at once
    -- where they gave it, else as the one who confirms. An acting head only confirms, acting heads
    -- only, none beyond their own term, and not where they administer the office themselves.
    IF NEW.role = 'head' AND NEW.given_by_id IS NOT NULL AND NOT NEW.awaits AND NOT EXISTS (
        SELECT 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        WHERE role.user_id = coalesce(NEW.confirmed_by_id, NEW.given_by_id)
          AND role.user_id <> NEW.user_id
          AND (role.role = 'admin' AND office.kind = 'directorate'
               OR role.role = 'head' AND role.office_id = NEW.office_id
                  AND (role.acting_kind = ''
                       OR NEW.confirmed_by_id IS NOT NULL
                          AND NEW.acting_kind <> '' AND NEW.ends_on <= role.ends_on
                          AND NOT EXISTS (
                              SELECT 1 FROM accounts_membership AS keeper
                              WHERE keeper.user_id = role.user_id AND keeper.role = 'admin'
                                AND keeper.office_id = NEW.office_id
                                AND keeper.starts_on <= (now() AT TIME ZONE office.timezone)::date
                                AND coalesce(keeper.ends_on, 'infinity')
                                    >= (now() AT TIME ZONE office.timezone)::date)))
          AND NOT role.awaits
          AND role.starts_on <= (now() AT TIME ZONE office.timezone)::date
          AND coalesce(role.ends_on, 'infinity') >= (now() AT TIME ZONE office.timezone)::date
    ) THEN
        RAISE EXCEPTION 'a head is confirmed by a head of the office or from above'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_head_confirmed';
    END IF;
    RETURN NEW;
END $$;
"""
OVERRULED = """ AND NOT EXISTS (
        -- A head whom another than who noted them struck out did lead it, or was about to.
        SELECT 1 FROM audit_entry AS entry
        JOIN django_content_type AS kind ON kind.id = entry.subject_type_id
        WHERE kind.app_label = 'accounts' AND kind.model = 'office'
          AND entry.subject_id = NEW.office_id AND entry.verb = 'membership.cancelled'
          AND entry.data @> '{"role": "head", "overruled": true}'
    )"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_head_term_stays"), ("audit", "0002_append_only")]
    operations = [migrations.RunSQL(WORD % OVERRULED, WORD % "")]
