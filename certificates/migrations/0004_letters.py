"""Letters: papers without a public code, frozen like certificates; drafts take no number."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

FROZEN = """
ALTER TABLE certificates_letter ADD CONSTRAINT letter_entry_of_its_register
    FOREIGN KEY (entry_id, office_id, kind)
    REFERENCES certificates_registerentry (id, office_id, kind);

CREATE FUNCTION letter_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'letter is for ever'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_frozen';
    END IF;
    IF (NEW.kind, NEW.entry_id, NEW.office_id, NEW.title, NEW.facts, NEW.ordered_by_id)
       IS DISTINCT FROM
       (OLD.kind, OLD.entry_id, OLD.office_id, OLD.title, OLD.facts, OLD.ordered_by_id)
    THEN
        RAISE EXCEPTION 'letter facts are frozen'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_frozen';
    END IF;
    IF OLD.sha256 <> '' AND (NEW.status, NEW.file, NEW.sha256, NEW.size, NEW.drawn_at)
       IS DISTINCT FROM (OLD.status, OLD.file, OLD.sha256, OLD.size, OLD.drawn_at)
    THEN
        RAISE EXCEPTION 'letter bytes are frozen'
            USING ERRCODE = '23514', CONSTRAINT = 'letter_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_frozen BEFORE UPDATE OR DELETE ON certificates_letter
    FOR EACH ROW EXECUTE FUNCTION letter_frozen();
"""
FROZEN_BACK = """
DROP TRIGGER letter_frozen ON certificates_letter;
DROP FUNCTION letter_frozen();
ALTER TABLE certificates_letter DROP CONSTRAINT letter_entry_of_its_register;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certificates", "0003_numbers_of_their_office"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Only the name of the way back, said once for both tables.
        migrations.AlterField(
            model_name="certificate",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="accounts.office",
            ),
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="jenis")),
                ("title", models.CharField(max_length=200, verbose_name="judul")),
                ("facts", models.JSONField(verbose_name="isi")),
                (
                    "ordered_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="dipesan"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ordered", "Sedang disiapkan"),
                            ("ready", "Siap diunduh"),
                            ("revoked", "Dicabut"),
                        ],
                        default="ordered",
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("file", models.CharField(blank=True, max_length=80, verbose_name="berkas")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("size", models.PositiveIntegerField(null=True, verbose_name="ukuran")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="selesai")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="percobaan")),
                ("tried_at", models.DateTimeField(null=True)),
                (
                    "entry",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="certificates.registerentry",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="accounts.office",
                    ),
                ),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "surat",
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "ordered")),
                        fields=["ordered_at"],
                        name="letter_owed",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ready"), _negated=True),
                            ("drawn_at__isnull", False),
                            _connector="OR",
                        ),
                        name="letter_ready_means_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("drawn_at__isnull", False),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                ("size__gt", 0),
                                models.Q(("file", ""), _negated=True),
                            ),
                            models.Q(
                                ("drawn_at", None), ("file", ""), ("sha256", ""), ("size", None)
                            ),
                            _connector="OR",
                        ),
                        name="letter_drawn_means_file_and_hash",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "ordered"), _negated=True),
                            ("drawn_at", None),
                            _connector="OR",
                        ),
                        name="letter_ordered_means_not_drawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["ordered", "ready"])),
                        name="letter_status_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FROZEN, FROZEN_BACK),
    ]
