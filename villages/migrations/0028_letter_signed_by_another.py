"""Nobody signs the surat tugas that sends them, by account or by the number that is printed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION letter_signed_by_another() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_assignment AS assignment
        JOIN villages_officer AS officer ON officer.id = assignment.officer_id
        JOIN accounts_user AS sent ON sent.id = officer.user_id
        JOIN villages_assignmentletter AS own ON own.letter_id = NEW.assignmentletter_id
        JOIN certificates_letter AS letter ON letter.id = own.letter_id
        WHERE assignment.id = NEW.assignment_id
          AND (own.signed_by_id = sent.id OR letter.facts #>> '{signer,nip}' = sent.username)
    ) THEN
        RAISE EXCEPTION 'letter_signed_by_another: nobody signs the letter that sends them'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_signed_by_another';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_signed_by_another
    BEFORE INSERT OR UPDATE ON villages_assignmentletter_assignments
    FOR EACH ROW EXECUTE FUNCTION letter_signed_by_another();

CREATE FUNCTION letter_signer_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'letter_signer_stays: who signs is settled with the letter'
        USING ERRCODE = '23514', CONSTRAINT = 'letter_signer_stays';
END $$;
CREATE TRIGGER letter_signer_stays BEFORE UPDATE OF signed_by_id ON villages_assignmentletter
    FOR EACH ROW WHEN (NEW.signed_by_id IS DISTINCT FROM OLD.signed_by_id)
    EXECUTE FUNCTION letter_signer_stays();
"""
BACKWARD = """
DROP TRIGGER letter_signer_stays ON villages_assignmentletter;
DROP FUNCTION letter_signer_stays();
DROP TRIGGER letter_signed_by_another ON villages_assignmentletter_assignments;
DROP FUNCTION letter_signed_by_another();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("certificates", "0008_signed_letters"),
        ("villages", "0027_import_makers"),
    ]
    operations = [
        migrations.AddField(
            model_name="assignmentletter",
            name="signed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ditandatangani oleh",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
