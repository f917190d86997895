"""What was recorded by mistake is struck out before anybody vouches for it, and counts nowhere."""

from django.db import migrations, models
from django.db.models import Q

STATUSES = [
    ("draft", "Draf"),
    ("submitted", "Diajukan"),
    ("returned", "Dikembalikan"),
    ("rejected", "Ditolak"),
    ("approved", "Ditetapkan"),
    ("revoked", "Dicabut"),
    ("ended", "Berakhir"),
    ("withdrawn", "Ditarik"),
]
STRUCK = ("struck", "Salah catat")
DESIGNATED = ["approved", "revoked", "ended"]
EXPLAINED = ["returned", "rejected", "revoked"]


def _known(statuses: list[tuple[str, str]]) -> Q:
    return Q(status__in=[value for value, _ in statuses])


def _explained(statuses: list[str]) -> Q:
    return ~Q(status__in=statuses) | ~Q(status_note="")


def _recorded(statuses: list[str]) -> Q:
    return Q(recorded_by=None, recorded_at=None) | Q(
        recorded_by__isnull=False,
        recorded_at__isnull=False,
        status__in=statuses,
        submitted_at=None,
        decided_by=None,
        decided_as=None,
    )


def _under_decree(statuses: list[str]) -> Q:
    named = Q(status__in=statuses, decree__isnull=False, designated_on__isnull=False)
    signed = Q(signs__in=["decider", "decree"]) | Q(recorded_by__isnull=False, certificate=None)
    nothing = Q(decree=None, designated_on=None, certificate=None, signs="")
    return named & signed | ~Q(status__in=statuses) & nothing


BEFORE = {
    "designation_status_known": _known(STATUSES),
    "designation_says_why": _explained(EXPLAINED),
    "designation_recorded_was_decided_elsewhere": _recorded(DESIGNATED),
    "designation_has_decree_when_designated": _under_decree(DESIGNATED),
}
AFTER = {
    "designation_status_known": _known([*STATUSES, STRUCK]),
    "designation_says_why": _explained([*EXPLAINED, "struck"]),
    "designation_recorded_was_decided_elsewhere": _recorded([*DESIGNATED, "struck"]),
    "designation_has_decree_when_designated": _under_decree([*DESIGNATED, "struck"]),
    "designation_struck_was_only_recorded": ~Q(status="struck")
    | Q(recorded_by__isnull=False, confirmed_by=None, certificate=None),
}
# Backwards there is no other word for what stands no longer.
FORGET = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE villages_designation DISABLE TRIGGER designation_promises;
UPDATE villages_designation SET status = 'ended' WHERE status = 'struck';
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE villages_designation ENABLE TRIGGER designation_promises;
"""

PROMISES = """
CREATE OR REPLACE FUNCTION designation_promises() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'designation is never deleted' USING ERRCODE = '23514';
    END IF;
    IF (NEW.village_id, NEW.office_id, NEW.created_by_id)
       IS DISTINCT FROM (OLD.village_id, OLD.office_id, OLD.created_by_id)
    THEN
        RAISE EXCEPTION 'designation keeps its village and office' USING ERRCODE = '23514';
    END IF;
    IF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('draft', 'submitted'), ('returned', 'submitted'), ('submitted', 'returned'),
        ('submitted', 'rejected'), ('submitted', 'approved'), ('approved', 'revoked'),
        ('approved', 'ended'), ('draft', 'withdrawn'), ('returned', 'withdrawn')%(step)s
    ) THEN
        RAISE EXCEPTION 'no step leads from %% to %%', OLD.status, NEW.status
            USING ERRCODE = '23514';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status = 'submitted' AND NOT (
        EXISTS (SELECT 1 FROM villages_finding WHERE designation_id = NEW.id)
        AND EXISTS (SELECT 1 FROM villages_consent WHERE designation_id = NEW.id)
    ) THEN
        RAISE EXCEPTION 'a sheet needs a finding and the consent' USING ERRCODE = '23514';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status = 'revoked' AND NOT EXISTS (
        SELECT 1 FROM villages_revocation
        WHERE designation_id = NEW.id AND outcome = 'confirmed'
    ) THEN
        RAISE EXCEPTION 'a revocation needs two persons' USING ERRCODE = '23514';
    END IF;
    IF OLD.decided_by_id IS NOT NULL AND (NEW.decided_by_id, NEW.decided_at)
       IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at)
    THEN
        RAISE EXCEPTION 'designation was decided once' USING ERRCODE = '23514';
    END IF;
    IF OLD.certificate_id IS NOT NULL AND NEW.certificate_id IS DISTINCT FROM OLD.certificate_id
    THEN
        RAISE EXCEPTION 'designation keeps its certificate' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
"""
SETTLED = """
CREATE OR REPLACE FUNCTION designation_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decided_by_id IS NOT NULL AND NEW.decided_as_id IS DISTINCT FROM OLD.decided_as_id THEN
        RAISE EXCEPTION 'designation was decided once'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
    END IF;
    IF OLD.certificate_id IS NOT NULL AND (NEW.decree_id, NEW.designated_on, NEW.signer)
       IS DISTINCT FROM (OLD.decree_id, OLD.designated_on, OLD.signer)
    THEN
        RAISE EXCEPTION 'what the certificate prints stays'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
    END IF;
    IF OLD.status = 'approved' AND NEW.status IN (%(over)s) AND EXISTS (
        SELECT 1 FROM villages_revocation WHERE designation_id = NEW.id AND outcome = 'pending'
    ) THEN
        RAISE EXCEPTION 'the revocation is decided first'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
    END IF;
    RETURN NEW;
END $$;
"""
TERM = """
CREATE OR REPLACE FUNCTION village_guiding_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO villages_guidingterm (village_id, office_id) VALUES (NEW.id, NEW.office_id);
    ELSIF EXISTS (
        SELECT 1 FROM villages_guidingterm WHERE village_id = NEW.id AND until IS NOT NULL
    ) OR EXISTS (
        SELECT 1 FROM villages_designation
        WHERE village_id = NEW.id AND designated_on IS NOT NULL AND office_id <> NEW.office_id
          %(counted)s
    ) THEN
        UPDATE villages_guidingterm SET until = moment WHERE village_id = NEW.id AND until IS NULL;
        INSERT INTO villages_guidingterm (village_id, office_id, since)
        VALUES (NEW.id, NEW.office_id, moment);
    ELSE
        -- Nothing was designated under the former office: it held a draft, and guided nobody.
        UPDATE villages_guidingterm SET office_id = NEW.office_id WHERE village_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
"""
FORWARD = (
    PROMISES % {"step": ",\n        ('approved', 'struck')"}
    + SETTLED % {"over": "'ended', 'struck'"}
    + TERM % {"counted": "AND status <> 'struck'"}
)
BACKWARD = (
    PROMISES % {"step": ""}
    + SETTLED % {"over": "'ended'"}
    + TERM % {"counted": ""}
)  # fmt: skip


def _add(name: str, condition: Q) -> migrations.AddConstraint:
    return migrations.AddConstraint(
        "designation", models.CheckConstraint(name=name, condition=condition)
    )


class Migration(migrations.Migration):
    dependencies = [("villages", "0028_letter_signed_by_another")]
    operations = [
        migrations.AlterField(
            "designation",
            "status",
            models.CharField(
                choices=[*STATUSES, STRUCK], default="draft", max_length=10, verbose_name="status"
            ),
        ),
        *(migrations.RemoveConstraint("designation", name) for name in BEFORE),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
        *(_add(name, condition) for name, condition in AFTER.items()),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
