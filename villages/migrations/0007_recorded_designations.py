"""Designations from before the portal: recorded from their decree, decided by nobody here.

What a decision in the portal promises stays as it was; only a recorded row may do without.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

DECIDED = ["rejected", "approved", "revoked", "ended"]
DESIGNATED = ["approved", "revoked", "ended"]
UNDECIDED = ~Q(status__in=DECIDED)
UNDESIGNATED = ~Q(status__in=DESIGNATED) & Q(
    decree=None, designated_on=None, certificate=None, signer__isnull=True
)
UNSEEN = Q(status="draft", submitted_at=None) | Q(status="withdrawn")
SEEN = ~Q(status__in=["draft", "withdrawn"]) & Q(submitted_at__isnull=False)
RECORDED = Q(recorded_by__isnull=False)

BEFORE = {
    "designation_decided_when_final": Q(
        status__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False
    )
    | UNDECIDED & Q(decided_by=None, decided_at=None),
    "designation_decided_in_a_capacity": Q(status__in=DECIDED, decided_as__isnull=False)
    | UNDECIDED & Q(decided_as=None),
    "designation_has_decree_when_designated": Q(
        status__in=DESIGNATED,
        decree__isnull=False,
        designated_on__isnull=False,
        signer__isnull=False,
    )
    | UNDESIGNATED,
    "designation_submitted_when_seen": UNSEEN | SEEN,
}
AFTER = {
    "designation_decided_when_final": Q(
        status__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False
    )
    | (UNDECIDED | RECORDED) & Q(decided_by=None, decided_at=None),
    "designation_decided_in_a_capacity": Q(status__in=DECIDED, decided_as__isnull=False)
    | (UNDECIDED | RECORDED) & Q(decided_as=None),
    "designation_recorded_was_decided_elsewhere": Q(recorded_by=None, recorded_at=None)
    | Q(
        recorded_by__isnull=False,
        recorded_at__isnull=False,
        status__in=DESIGNATED,
        submitted_at=None,
        decided_by=None,
        decided_as=None,
    ),
    "designation_has_decree_when_designated": Q(
        status__in=DESIGNATED, decree__isnull=False, designated_on__isnull=False
    )
    & (Q(signer__isnull=False) | Q(recorded_by__isnull=False, certificate=None))
    | UNDESIGNATED,
    "designation_submitted_when_seen": UNSEEN | RECORDED | SEEN,
}

FORWARD = """
CREATE FUNCTION designation_recorded() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.recorded_by_id, NEW.recorded_at) IS DISTINCT FROM
           (OLD.recorded_by_id, OLD.recorded_at)
        THEN
            RAISE EXCEPTION 'a sheet of the portal is not recorded afterwards'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND (NEW.decree_id, NEW.designated_on) IS DISTINCT FROM
           (OLD.decree_id, OLD.designated_on)
        THEN
            RAISE EXCEPTION 'what is recorded keeps its decree'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
        END IF;
        IF NEW.recorded_by_id IS NOT NULL AND NEW.certificate_id IS DISTINCT FROM OLD.certificate_id
           AND EXISTS (
               SELECT 1 FROM certificates_certificate
               WHERE id = NEW.certificate_id AND ordered_by_id = NEW.recorded_by_id
           )
        THEN
            RAISE EXCEPTION 'who recorded it does not order its certificate'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.recorded_by_id IS NOT NULL AND NOT (
        NEW.status = 'approved' AND NEW.certificate_id IS NULL AND EXISTS (
            SELECT 1 FROM villages_decree
            WHERE id = NEW.decree_id AND number <> '' AND dated = NEW.designated_on
        )
    ) THEN
        RAISE EXCEPTION 'recorded is what a numbered decree has designated'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_recorded BEFORE INSERT OR UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_recorded();
"""
BACKWARD = """
DROP TRIGGER designation_recorded ON villages_designation;
DROP FUNCTION designation_recorded();
"""


def _add(name: str, condition: Q) -> migrations.AddConstraint:
    constraint = models.CheckConstraint(name=name, condition=condition)
    return migrations.AddConstraint(model_name="designation", constraint=constraint)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("villages", "0006_village_profile"),
    ]
    operations = [
        migrations.AddField(
            model_name="designation",
            name="recorded_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dicatat oleh",
            ),
        ),
        migrations.AddField(
            model_name="designation",
            name="recorded_at",
            field=models.DateTimeField(null=True, verbose_name="dicatat"),
        ),
        *(migrations.RemoveConstraint("designation", name) for name in BEFORE),
        *(_add(name, condition) for name, condition in AFTER.items()),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
