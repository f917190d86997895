"""The certificate of a designation from before the portal: ordered by a head who is not its maker."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

FORWARD = """
CREATE FUNCTION designation_recorded_certified() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE ordered bigint;
BEGIN
    IF OLD.certified_as_id IS NOT NULL AND NEW.certified_as_id IS DISTINCT FROM OLD.certified_as_id
    THEN
        RAISE EXCEPTION 'a certificate was ordered once'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded_certified';
    END IF;
    IF NEW.recorded_by_id IS NULL OR NEW.certificate_id IS NULL
       OR NEW.certificate_id IS NOT DISTINCT FROM OLD.certificate_id
    THEN
        RETURN NEW;
    END IF;
    SELECT ordered_by_id INTO ordered FROM certificates_certificate WHERE id = NEW.certificate_id;
    IF EXISTS (
        SELECT 1 FROM villages_preparer WHERE designation_id = NEW.id AND user_id = ordered
    ) THEN
        RAISE EXCEPTION 'who brought it in does not order its certificate'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_maker_is_not_checker';
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM accounts_membership
        WHERE id = NEW.certified_as_id AND user_id = ordered
          AND office_id = NEW.office_id AND role = 'head'
    ) THEN
        RAISE EXCEPTION 'a head of the office orders the certificate'
            USING ERRCODE = '23514', CONSTRAINT = 'designation_recorded_certified';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_recorded_certified BEFORE UPDATE ON villages_designation
    FOR EACH ROW EXECUTE FUNCTION designation_recorded_certified();
"""
BACKWARD = """
DROP TRIGGER designation_recorded_certified ON villages_designation;
DROP FUNCTION designation_recorded_certified();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people_and_offices"),
        ("villages", "0016_import_officers"),
    ]
    operations = [
        migrations.AddField(
            model_name="designation",
            name="certified_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddConstraint(
            model_name="designation",
            constraint=models.CheckConstraint(
                name="designation_recorded_certified_in_a_capacity",
                condition=Q(certified_as=None) & (Q(recorded_by=None) | Q(certificate=None))
                | ~Q(certified_as=None) & ~Q(recorded_by=None) & ~Q(certificate=None),
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
