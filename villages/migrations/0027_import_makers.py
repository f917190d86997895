"""Whoever settled a column or a name of a table has made it too, and does not confirm it.

The number, day and title of the decree are typed with the columns: who settled those was
remembered in history alone.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A table that was confirmed or certified already keeps the word that was given for it.
PAST = """
INSERT INTO villages_importmaker (batch_id, user_id)
SELECT id, created_by_id FROM villages_import
UNION SELECT id, recorded_by_id FROM villages_import WHERE recorded_by_id IS NOT NULL
UNION SELECT batch_id, settled_by_id FROM villages_importrow WHERE settled_by_id IS NOT NULL
UNION SELECT batch_id, settled_by_id FROM villages_importofficer WHERE settled_by_id IS NOT NULL
UNION SELECT batch.id, entry.by_id
FROM audit_entry AS entry
JOIN django_content_type AS kind ON kind.id = entry.subject_type_id
JOIN villages_import AS batch ON batch.id = entry.subject_id
WHERE kind.app_label = 'villages' AND kind.model = 'import' AND entry.by_id IS NOT NULL
  AND entry.verb IN (
      'import.mapped', 'import.row_settled', 'import.rows_dropped', 'import.officer_settled'
  );
INSERT INTO villages_preparer (designation_id, user_id)
SELECT sheet.id, maker.user_id
FROM villages_importrow AS line
JOIN villages_importmaker AS maker ON maker.batch_id = line.batch_id
JOIN villages_designation AS sheet ON sheet.id = line.designation_id
WHERE sheet.certificate_id IS NULL AND sheet.decided_by_id IS NULL
ON CONFLICT DO NOTHING;
SET CONSTRAINTS ALL IMMEDIATE;
"""

FORWARD = """
CREATE FUNCTION import_maker_is_not_checker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> OLD.status AND NEW.status IN ('returned', 'confirmed') AND EXISTS (
        SELECT 1 FROM villages_importmaker
        WHERE batch_id = NEW.id AND user_id = NEW.status_by_id
    ) THEN
        RAISE EXCEPTION 'import_maker_is_not_checker: who worked on a table does not confirm it'
            USING ERRCODE = '23514', CONSTRAINT = 'import_maker_is_not_checker';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER import_maker_is_not_checker BEFORE UPDATE OF status ON villages_import
    FOR EACH ROW EXECUTE FUNCTION import_maker_is_not_checker();

CREATE FUNCTION import_maker_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who worked on a table stays one of its makers'
        USING ERRCODE = '23514', CONSTRAINT = 'import_maker_stays';
END $$;
CREATE TRIGGER import_maker_stays BEFORE UPDATE OR DELETE ON villages_importmaker
    FOR EACH ROW EXECUTE FUNCTION import_maker_stays();
"""
BACKWARD = """
DROP TRIGGER import_maker_stays ON villages_importmaker;
DROP FUNCTION import_maker_stays();
DROP TRIGGER import_maker_is_not_checker ON villages_import;
DROP FUNCTION import_maker_is_not_checker();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("audit", "0002_append_only"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("villages", "0026_import_lines"),
    ]
    operations = [
        migrations.CreateModel(
            name="ImportMaker",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="villages.import",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "penyusun tabel",
                "constraints": [
                    models.UniqueConstraint(name="import_maker_once", fields=["batch", "user"])
                ],
            },
        ),
        migrations.RunSQL(PAST, migrations.RunSQL.noop),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
