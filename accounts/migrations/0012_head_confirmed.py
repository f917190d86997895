"""Whoever leads an office counts once another than the one who gave the role has confirmed it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

FORWARD = """
CREATE FUNCTION membership_head_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.given_by_id IS DISTINCT FROM OLD.given_by_id
           OR NOT OLD.awaits AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id
        THEN
            RAISE EXCEPTION 'who gave a role and who confirmed it stays'
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
    ) THEN
        RETURN NEW;
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
"""
BACKWARD = """
DROP TRIGGER membership_head_confirmed ON accounts_membership;
DROP FUNCTION membership_head_confirmed();
"""
# On the way back, before anything else: who awaits a second person's word would lead at once.
REFUSE = """
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM accounts_membership WHERE awaits) THEN
        RAISE EXCEPTION 'heads whom nobody has confirmed would lead: confirm or end them first'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_head_confirmed';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_invitation_vouched_for")]
    operations = [
        migrations.AddField(
            "membership",
            "given_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                verbose_name="diberikan oleh",
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
        migrations.AddField(
            "membership",
            "awaits",
            models.BooleanField(
                default=False, db_default=False, editable=False, verbose_name="menunggu pengesahan"
            ),
        ),
        migrations.AddField(
            "membership",
            "confirmed_by",
            models.ForeignKey(
                settings.AUTH_USER_MODEL,
                verbose_name="disahkan oleh",
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
            ),
        ),
        migrations.AddField(
            "membership",
            "confirmed_at",
            models.DateTimeField(null=True, editable=False, verbose_name="disahkan"),
        ),
        migrations.AddField(
            "membership",
            "basis",
            models.CharField(blank=True, max_length=160, default="", verbose_name="dasar"),
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                name="membership_awaits_as_head",
                condition=Q(awaits=False)
                | Q(role="head", given_by__isnull=False, confirmed_by=None),
            ),
        ),
        migrations.AddConstraint(
            "membership",
            models.CheckConstraint(
                name="membership_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(role="head", awaits=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("given_by"))
                & ~Q(confirmed_by=F("user")),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(migrations.RunSQL.noop, REFUSE),
    ]
