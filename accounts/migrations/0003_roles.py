"""What invitations, cards and roles promise."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION invitation_answered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.status <> 'waiting' THEN
        RAISE EXCEPTION 'an invitation is answered once, and stays'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_answered_once';
    END IF;
    IF (NEW.office_id, NEW.email, NEW.username, NEW.role, NEW.acting_kind, NEW.starts_on,
        NEW.ends_on)
       IS DISTINCT FROM (OLD.office_id, OLD.email, OLD.username, OLD.role, OLD.acting_kind,
        OLD.starts_on, OLD.ends_on)
       OR NEW.invited_by_id <> OLD.invited_by_id AND NEW.token_hash = OLD.token_hash
    THEN
        RAISE EXCEPTION 'what was offered stays'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_answered_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invitation_answered_once BEFORE UPDATE OR DELETE ON accounts_invitation
    FOR EACH ROW EXECUTE FUNCTION invitation_answered_once();

CREATE FUNCTION invitation_vouched_for() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE today date;
BEGIN
    SELECT (now() AT TIME ZONE timezone)::date INTO today
        FROM accounts_office WHERE id = NEW.office_id;
    -- Held, so that a role which ends in this moment ends before or after, not in between.
    PERFORM 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        WHERE role.user_id = NEW.invited_by_id AND role.role = 'admin'
          AND (role.office_id = NEW.office_id OR office.kind = 'directorate')
          AND role.starts_on <= today AND coalesce(role.ends_on, 'infinity') >= today
        FOR SHARE OF role;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'who invites is an administrator when it is accepted'
            USING ERRCODE = '23514', CONSTRAINT = 'invitation_vouched_for';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invitation_vouched_for BEFORE UPDATE OF status ON accounts_invitation
    FOR EACH ROW WHEN (OLD.status = 'waiting' AND NEW.status = 'accepted')
    EXECUTE FUNCTION invitation_vouched_for();

CREATE FUNCTION card_opens_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.status <> 'waiting' OR NEW.wrong_tries < OLD.wrong_tries
       OR (NEW.user_id, NEW.key, NEW.code_hash, NEW.expires_at)
          IS DISTINCT FROM (OLD.user_id, OLD.key, OLD.code_hash, OLD.expires_at)
    THEN
        RAISE EXCEPTION 'a card opens once, and stays as it was printed'
            USING ERRCODE = '23514', CONSTRAINT = 'card_opens_once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER card_opens_once BEFORE UPDATE OR DELETE ON accounts_activationcard
    FOR EACH ROW EXECUTE FUNCTION card_opens_once();

CREATE FUNCTION membership_head_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
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
    ) AND NOT EXISTS (
        -- A head whom another than who noted them struck out did lead it, or was about to.
        SELECT 1 FROM audit_entry AS entry
        JOIN django_content_type AS kind ON kind.id = entry.subject_type_id
        WHERE kind.app_label = 'accounts' AND kind.model = 'office'
          AND entry.subject_id = NEW.office_id AND entry.verb = 'membership.cancelled'
          AND entry.data @> '{"role": "head", "overruled": true}'
    ) THEN
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
CREATE TRIGGER membership_head_confirmed BEFORE INSERT OR UPDATE ON accounts_membership
    FOR EACH ROW EXECUTE FUNCTION membership_head_confirmed();

CREATE FUNCTION membership_in_an_open_office() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed date;
BEGIN
    SELECT closed_on INTO closed FROM accounts_office WHERE id = NEW.office_id FOR SHARE;
    IF closed IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on >= closed) THEN
        RAISE EXCEPTION 'nobody serves in a closed office'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_in_an_open_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_in_an_open_office
    BEFORE INSERT OR UPDATE OF office_id, ends_on ON accounts_membership
    FOR EACH ROW EXECUTE FUNCTION membership_in_an_open_office();
"""
BACKWARD = """
DROP FUNCTION
    invitation_answered_once,
    invitation_vouched_for,
    card_opens_once,
    membership_head_confirmed,
    membership_in_an_open_office
CASCADE;
"""


class Migration(migrations.Migration):
    replaces = [("accounts", "0015_first_head")]
    dependencies = [("accounts", "0002_cache")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
