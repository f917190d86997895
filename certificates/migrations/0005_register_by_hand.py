"""The register takes numbers written by hand, voids numbers with a reason, and has no gap."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

PROMISES = """
CREATE FUNCTION register_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.serial <> 1 + COALESCE((
        SELECT max(serial) FROM certificates_registerentry
        WHERE office_id = NEW.office_id AND kind = NEW.kind AND year = NEW.year
    ), 0) THEN
        RAISE EXCEPTION 'the next serial follows the last one'
            USING ERRCODE = '23514', CONSTRAINT = 'register_without_gap';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER register_without_gap BEFORE INSERT ON certificates_registerentry
    FOR EACH ROW WHEN (NEW.serial IS NOT NULL) EXECUTE FUNCTION register_without_gap();

-- A paper takes a number that the portal gave, that counts, and that no other paper has.
CREATE FUNCTION paper_number_is_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM certificates_registerentry WHERE id = NEW.entry_id AND serial IS NULL
        UNION ALL SELECT 1 FROM certificates_void WHERE entry_id = NEW.entry_id
        UNION ALL SELECT 1 FROM certificates_certificate WHERE entry_id = NEW.entry_id
        UNION ALL SELECT 1 FROM certificates_letter WHERE entry_id = NEW.entry_id
    ) THEN
        RAISE EXCEPTION 'a paper takes a new number'
            USING ERRCODE = '23514', CONSTRAINT = 'paper_number_is_its_own';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paper_number_is_its_own BEFORE INSERT ON certificates_certificate
    FOR EACH ROW EXECUTE FUNCTION paper_number_is_its_own();
CREATE TRIGGER paper_number_is_its_own BEFORE INSERT ON certificates_letter
    FOR EACH ROW EXECUTE FUNCTION paper_number_is_its_own();

CREATE FUNCTION void_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'a void number stays void'
            USING ERRCODE = '23514', CONSTRAINT = 'void_is_final';
    END IF;
    IF EXISTS (
        SELECT 1 FROM certificates_certificate
        WHERE entry_id = NEW.entry_id AND status <> 'revoked'
    ) THEN
        RAISE EXCEPTION 'the certificate is revoked first'
            USING ERRCODE = '23514', CONSTRAINT = 'void_is_final';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER void_is_final BEFORE INSERT OR UPDATE OR DELETE ON certificates_void
    FOR EACH ROW EXECUTE FUNCTION void_is_final();
"""
PROMISES_BACK = """
DROP TRIGGER void_is_final ON certificates_void;
DROP FUNCTION void_is_final();
DROP TRIGGER paper_number_is_its_own ON certificates_letter;
DROP TRIGGER paper_number_is_its_own ON certificates_certificate;
DROP FUNCTION paper_number_is_its_own();
DROP TRIGGER register_without_gap ON certificates_registerentry;
DROP FUNCTION register_without_gap();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0004_letters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Void",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="void",
                        serialize=False,
                        to="certificates.registerentry",
                    ),
                ),
                ("reason", models.TextField(verbose_name="alasan")),
                (
                    "voided_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "verbose_name": "nomor batal",
            },
        ),
        migrations.AddField(
            model_name="registerentry",
            name="subject",
            field=models.CharField(blank=True, max_length=200, verbose_name="perihal"),
        ),
        migrations.AddField(
            model_name="registerentry",
            name="written_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="registerentry",
            name="serial",
            field=models.PositiveIntegerField(null=True, verbose_name="nomor urut"),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("serial__gte", 1), ("subject", ""), ("written_by", None)),
                    models.Q(
                        ("serial", None),
                        ("written_by__isnull", False),
                        models.Q(("subject", ""), _negated=True),
                        models.Q(("number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="register_given_or_written",
            ),
        ),
        migrations.AddField(
            model_name="void",
            name="voided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="void",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="void_has_reason"
            ),
        ),
        migrations.RunSQL(PROMISES, PROMISES_BACK),
    ]
