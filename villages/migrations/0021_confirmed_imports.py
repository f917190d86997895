"""What a table recorded becomes public on a second person's word: a head of the office confirms it.

What was recorded before waits, which is the safe state; only where another than the recorder has
ordered the certificate already, that head has answered for it.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

STATUSES = ["read", "checked", "recorded", "returned", "confirmed", "abandoned"]
IN_PORTAL = ["recorded", "returned", "confirmed"]

REMEMBER = """
UPDATE villages_import SET recorded_by_id = status_by_id, recorded_at = status_at
WHERE status = 'recorded';
UPDATE villages_designation AS sheet
SET confirmed_by_id = paper.ordered_by_id, confirmed_as_id = sheet.certified_as_id,
    confirmed_at = paper.ordered_at
FROM certificates_certificate AS paper
WHERE paper.id = sheet.certificate_id AND sheet.recorded_by_id IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""
# Backwards there is no other word for a table that is in the portal.
FORGET = """
UPDATE villages_import SET status = 'recorded', status_by_id = recorded_by_id,
    status_at = recorded_at
WHERE status IN ('returned', 'confirmed');
SET CONSTRAINTS ALL IMMEDIATE;
"""

FORWARD = """
CREATE FUNCTION designation_confirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.confirmed_by_id, NEW.confirmed_as_id, NEW.confirmed_at) IS NOT DISTINCT FROM
           (OLD.confirmed_by_id, OLD.confirmed_as_id, OLD.confirmed_at)
        THEN
            RETURN NEW;
        END IF;
        IF OLD.confirmed_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'what is recorded is confirmed once'
                USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
        END IF;
    END IF;
    IF NEW.confirmed_by_id IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'what is recorded is confirmed afterwards, by another'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
    END IF;
    IF EXISTS (
        SELECT 1 FROM villages_preparer
        WHERE designation_id = NEW.id AND user_id = NEW.confirmed_by_id
    ) THEN
        RAISE EXCEPTION 'who brought it in does not confirm it'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE id = NEW.confirmed_as_id AND user_id = NEW.confirmed_by_id
          AND office_id = NEW.office_id AND role = 'head'
    ) THEN
        RAISE EXCEPTION 'a head of the office confirms what is recorded'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
    END IF;
    -- The public would read it as the word of the office that guides the village by then.
    IF NOT EXISTS (
        SELECT 1 FROM villages_village WHERE id = NEW.village_id AND office_id = NEW.office_id
    ) THEN
        RAISE EXCEPTION 'an office does not confirm what another guides'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_confirmed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_confirmed BEFORE INSERT OR UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_confirmed();

CREATE FUNCTION import_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'confirmed' AND (NEW.status, NEW.status_by_id, NEW.status_at)
       IS DISTINCT FROM (OLD.status, OLD.status_by_id, OLD.status_at)
    THEN
        RAISE EXCEPTION 'a table is confirmed once'
            USING ERRCODE = '23514', CONSTRAINT = 'import_settled';
    END IF;
    IF OLD.recorded_by_id IS NOT NULL AND (NEW.recorded_by_id, NEW.recorded_at)
       IS DISTINCT FROM (OLD.recorded_by_id, OLD.recorded_at)
    THEN
        RAISE EXCEPTION 'a table keeps who recorded it'
            USING ERRCODE = '23514', CONSTRAINT = 'import_settled';
    END IF;
    IF NEW.status <> OLD.status AND NEW.status IN ('returned', 'confirmed') AND NOT EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE user_id = NEW.status_by_id AND office_id = NEW.office_id AND role = 'head'
    ) THEN
        RAISE EXCEPTION 'a head of the office confirms a table or sends it back'
            USING ERRCODE = '23514', CONSTRAINT = 'import_settled';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER import_settled BEFORE UPDATE ON villages_import
    FOR EACH ROW EXECUTE FUNCTION import_settled();
"""
BACKWARD = """
DROP TRIGGER designation_confirmed ON villages_designation;
DROP FUNCTION designation_confirmed();
DROP TRIGGER import_settled ON villages_import;
DROP FUNCTION import_settled();
"""


def _check(model: str, name: str, condition: Q) -> migrations.AddConstraint:
    constraint = models.CheckConstraint(name=name, condition=condition)
    return migrations.AddConstraint(model_name=model, constraint=constraint)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0001_people_and_offices"),
        ("certificates", "0001_papers"),
        ("villages", "0020_legible_numbers"),
    ]
    operations = [
        migrations.AddField(
            "import",
            "recorded_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dicatat oleh",
            ),
        ),
        migrations.AddField(
            "import", "recorded_at", models.DateTimeField(null=True, verbose_name="dicatat")
        ),
        migrations.AddField(
            "import",
            "status_note",
            models.TextField(blank=True, default="", verbose_name="catatan"),
            preserve_default=False,
        ),
        migrations.AlterField(
            "import",
            "status",
            models.CharField(
                choices=[
                    ("read", "Kolom belum dipastikan"),
                    ("checked", "Sedang diperiksa"),
                    ("recorded", "Sudah dicatat"),
                    ("returned", "Dikembalikan"),
                    ("confirmed", "Sudah dibenarkan"),
                    ("abandoned", "Dibatalkan"),
                ],
                default="read",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            "designation",
            "confirmed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "designation",
            "confirmed_as",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddField(
            "designation",
            "confirmed_at",
            models.DateTimeField(null=True, verbose_name="dibenarkan"),
        ),
        migrations.RunSQL(REMEMBER, migrations.RunSQL.noop),
        migrations.RemoveConstraint("import", "import_status_known"),
        migrations.RunSQL(migrations.RunSQL.noop, FORGET),
        _check("import", "import_status_known", Q(status__in=STATUSES)),
        _check(
            "import",
            "import_recorded_by_somebody",
            Q(status__in=IN_PORTAL, recorded_by__isnull=False, recorded_at__isnull=False)
            | ~Q(status__in=IN_PORTAL) & Q(recorded_by=None, recorded_at=None),
        ),
        _check(
            "import",
            "import_maker_is_not_checker",
            ~Q(status__in=["returned", "confirmed"])
            | ~Q(status_by=F("recorded_by")) & ~Q(status_by=F("created_by")),
        ),
        _check("import", "import_says_why", ~Q(status="returned") | ~Q(status_note="")),
        _check(
            "designation",
            "designation_confirmed_as_a_whole",
            Q(confirmed_by=None, confirmed_as=None, confirmed_at=None)
            | Q(
                recorded_by__isnull=False,
                confirmed_by__isnull=False,
                confirmed_as__isnull=False,
                confirmed_at__isnull=False,
            ),
        ),
        _check(
            "designation",
            "designation_recorder_does_not_confirm",
            Q(confirmed_by=None)
            | ~Q(confirmed_by=F("recorded_by")) & ~Q(confirmed_by=F("created_by")),
        ),
        _check(
            "designation",
            "designation_certified_once_confirmed",
            Q(recorded_by=None) | Q(confirmed_by__isnull=False) | Q(certificate=None),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
