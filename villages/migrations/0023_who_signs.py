"""Who signs a certificate is a choice that is kept; rank and NIP are asked when it is ordered."""

from django.db import migrations, models
from django.db.models import Q

DESIGNATED = ["approved", "revoked", "ended"]
SIGNS = ["decider", "decree"]

# So far only the words of the signer were kept. Where they read like those of the decree's signer,
# that was the choice; where they read like those of both, it cannot be known any more, and the
# decider goes on signing, as until now.
CHOSEN = """
UPDATE villages_designation AS sheet
SET signs = CASE
    WHEN sheet.signer ->> 'name' = decree.signer_name
     AND (sheet.signer ->> 'acting', sheet.signer ->> 'rank', sheet.signer ->> 'nip') = ('', '', '')
     AND NOT (
         decree.signer_level = 'office' AND head.name = decree.signer_name
         AND capacity.acting_kind = ''
         AND NOT (office.prints_nip AND head.username ~ '^[0-9]{18}$')
     )
    THEN 'decree' ELSE 'decider' END
FROM villages_decree AS decree, accounts_membership AS capacity, accounts_user AS head,
     accounts_office AS office
WHERE decree.id = sheet.decree_id AND sheet.signer IS NOT NULL
  AND capacity.id = coalesce(sheet.decided_as_id, sheet.certified_as_id)
  AND head.id = capacity.user_id AND office.id = capacity.office_id;
UPDATE villages_designation SET signer = NULL WHERE certificate_id IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""
# The words come back without rank, and without the title of a signer above the office.
WORDS = """
UPDATE villages_designation AS sheet
SET signer = CASE WHEN sheet.signs = 'decree' THEN jsonb_build_object(
    'title', 'Kepala ' || office.name, 'name', decree.signer_name,
    'acting', '', 'rank', '', 'nip', ''
) ELSE jsonb_build_object(
    'title', 'Kepala ' || office.name, 'name', head.name, 'rank', '',
    'acting', CASE capacity.acting_kind WHEN '' THEN '' ELSE initcap(capacity.acting_kind) || '.' END,
    'nip', CASE WHEN office.prints_nip AND head.username ~ '^[0-9]{18}$' THEN head.username ELSE '' END
) END
FROM villages_decree AS decree, accounts_membership AS capacity, accounts_user AS head,
     accounts_office AS office
WHERE decree.id = sheet.decree_id AND sheet.signer IS NULL AND sheet.signs <> ''
  AND capacity.id = sheet.decided_as_id
  AND head.id = capacity.user_id AND office.id = capacity.office_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""

CHOSEN_ONCE = """
CREATE FUNCTION designation_signs_as_chosen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who signs was chosen with the decision'
        USING ERRCODE = '23514', CONSTRAINT = 'designation_settled';
END $$;
CREATE TRIGGER designation_signs_as_chosen BEFORE UPDATE OF signs ON villages_designation
    FOR EACH ROW WHEN (OLD.signs <> '' AND NEW.signs <> OLD.signs)
    EXECUTE FUNCTION designation_signs_as_chosen();
"""
NOT_CHOSEN = """
DROP TRIGGER designation_signs_as_chosen ON villages_designation;
DROP FUNCTION designation_signs_as_chosen;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0022_guiding_terms"),
        ("accounts", "0011_invitation_vouched_for"),
    ]
    operations = [
        migrations.AddField(
            model_name="designation",
            name="signs",
            field=models.CharField(
                blank=True,
                choices=[("decider", "Yang memutuskan"), ("decree", "Penanda tangan SK")],
                default="",
                max_length=7,
                verbose_name="sertifikat ditandatangani oleh",
            ),
            preserve_default=False,
        ),
        migrations.RemoveConstraint("designation", "designation_has_decree_when_designated"),
        migrations.RunSQL(CHOSEN, WORDS),
        migrations.AddConstraint(
            "designation",
            models.CheckConstraint(
                name="designation_has_decree_when_designated",
                condition=Q(
                    status__in=DESIGNATED, decree__isnull=False, designated_on__isnull=False
                )
                & (Q(signs__in=SIGNS) | Q(recorded_by__isnull=False, certificate=None))
                | ~Q(status__in=DESIGNATED)
                & Q(decree=None, designated_on=None, certificate=None, signs=""),
            ),
        ),
        migrations.AddConstraint(
            "designation",
            models.CheckConstraint(
                name="designation_signer_of_its_certificate",
                condition=Q(certificate=None, signer__isnull=True)
                | Q(certificate__isnull=False, signer__isnull=False),
            ),
        ),
        migrations.RunSQL(CHOSEN_ONCE, NOT_CHOSEN),
    ]
