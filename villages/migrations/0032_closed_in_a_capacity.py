"""Who revokes and who ends: a head of the office that guides the village, on that day."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# Earlier ones: the head's role on that day, and if it has changed since, one that they held.
REMEMBER = """
DROP TRIGGER revocation_settled ON villages_revocation;
UPDATE villages_revocation AS request SET decided_as_id = (
    SELECT role.id FROM accounts_membership AS role
    JOIN villages_designation AS sheet ON sheet.id = request.designation_id
    JOIN villages_village AS village ON village.id = sheet.village_id
    WHERE role.user_id = request.decided_by_id AND role.role = 'head' AND NOT role.awaits
      AND role.office_id IN (village.office_id, sheet.office_id)
    ORDER BY
        request.decided_at::date BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity') DESC,
        role.acting_kind, role.id
    LIMIT 1
) WHERE outcome <> 'pending';
UPDATE villages_designation AS sheet SET ended_as_id = (
    SELECT role.id FROM accounts_membership AS role
    JOIN villages_village AS village ON village.id = sheet.village_id
    WHERE role.user_id = sheet.status_by_id AND role.role = 'head' AND NOT role.awaits
      AND role.office_id IN (village.office_id, sheet.office_id)
    ORDER BY
        sheet.status_at::date BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity') DESC,
        role.acting_kind, role.id
    LIMIT 1
) WHERE status = 'ended';
SET CONSTRAINTS ALL IMMEDIATE;
CREATE TRIGGER revocation_settled BEFORE INSERT OR UPDATE OR DELETE ON villages_revocation
    FOR EACH ROW EXECUTE FUNCTION revocation_settled();
"""

SETTLED = """
CREATE OR REPLACE FUNCTION revocation_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE standing text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT status INTO standing FROM villages_designation
            WHERE id = NEW.designation_id FOR NO KEY UPDATE;
        IF standing <> 'approved' THEN
            RAISE EXCEPTION 'only what stands is revoked'
                USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
        END IF;%(insert)s
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.outcome <> 'pending'
       OR (NEW.designation_id, NEW.reason, NEW.requested_by_id, NEW.requested_at)
          IS DISTINCT FROM
          (OLD.designation_id, OLD.reason, OLD.requested_by_id, OLD.requested_at)
    THEN
        RAISE EXCEPTION 'a request to revoke is settled once, as it was made'
            USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
    END IF;%(update)s
    RETURN NEW;
END $$;
"""
ASKED = """
        IF NEW.outcome <> 'pending' THEN
            RAISE EXCEPTION 'a revocation is asked for first'
                USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
        END IF;"""
BY_A_HEAD = """
    IF NEW.outcome <> 'pending' AND NOT EXISTS (
        SELECT 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        JOIN villages_village AS village ON village.office_id = office.id
        JOIN villages_designation AS sheet ON sheet.village_id = village.id
        WHERE role.role = 'head' AND NOT role.awaits AND sheet.id = NEW.designation_id
          AND role.id = NEW.decided_as_id AND role.user_id = NEW.decided_by_id
          AND (NEW.decided_at AT TIME ZONE office.timezone)::date
              BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity')
    ) THEN
        RAISE EXCEPTION 'a head of the office that guides the village decides on its revocation'
            USING ERRCODE = '23514', CONSTRAINT = 'revocation_settled';
    END IF;"""

CLOSED = """
CREATE FUNCTION designation_closed_by_a_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'ended' AND NEW.ended_as_id IS DISTINCT FROM OLD.ended_as_id THEN
        RAISE EXCEPTION 'a guidance is ended once'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_closed_by_a_head';
    END IF;
    IF NEW.status IS NOT DISTINCT FROM OLD.status THEN
        RETURN NEW;
    END IF;
    IF NEW.status = 'ended' AND NOT EXISTS (
        SELECT 1 FROM accounts_membership AS role
        JOIN accounts_office AS office ON office.id = role.office_id
        JOIN villages_village AS village ON village.office_id = office.id
        WHERE role.role = 'head' AND NOT role.awaits AND village.id = NEW.village_id
          AND role.id = NEW.ended_as_id AND role.user_id = NEW.status_by_id
          AND (NEW.status_at AT TIME ZONE office.timezone)::date
              BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity')
    ) THEN
        RAISE EXCEPTION 'a head of the office that guides the village ends the guidance'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_closed_by_a_head';
    END IF;
    -- Of what is revoked, the granted request says who decided, and as what.
    IF NEW.status = 'revoked' AND EXISTS (
        SELECT 1 FROM villages_revocation
        WHERE designation_id = NEW.id AND outcome = 'confirmed'
          AND decided_by_id <> NEW.status_by_id
    ) THEN
        RAISE EXCEPTION 'whoever granted the request revokes'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_closed_by_a_head';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_closed_by_a_head
    BEFORE INSERT OR UPDATE OF status, ended_as_id ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_closed_by_a_head();
"""
CLOSED_BACK = """
DROP TRIGGER designation_closed_by_a_head ON villages_designation;
DROP FUNCTION designation_closed_by_a_head();
"""


def _role() -> Any:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="accounts.membership",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0012_head_confirmed"),
        ("villages", "0031_roles_in_force"),
    ]
    operations = [
        migrations.AddField("revocation", "decided_as", _role()),
        migrations.AddField("designation", "ended_as", _role()),
        migrations.RunSQL(REMEMBER, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "revocation",
            models.CheckConstraint(
                name="revocation_capacity_once_settled",
                condition=Q(decided_as=None) | ~Q(outcome="pending"),
            ),
        ),
        migrations.AddConstraint(
            "designation",
            models.CheckConstraint(
                name="designation_ended_in_a_capacity",
                condition=Q(ended_as=None) | Q(status="ended"),
            ),
        ),
        migrations.RunSQL(
            SETTLED % {"insert": ASKED, "update": BY_A_HEAD},
            SETTLED % {"insert": "", "update": ""},
        ),
        migrations.RunSQL(CLOSED, CLOSED_BACK),
    ]
