"""The word before a village's name comes from a closed list, and stays while a sheet awaits print.

Words that people had typed are matched whatever their case; what is no such word becomes the one
that is usual where the village lies.
"""

from django.db import migrations, models
from django.db.models import Q

TERMS = [
    "Desa",
    "Desa Adat",
    "Dusun",
    "Finua",
    "Gampong",
    "Kalurahan",
    "Kampong",
    "Kampung",
    "Kampung Adat",
    "Kelurahan",
    "Kepenghuluan",
    "Kute",
    "Lembang",
    "Nagari",
    "Nagori",
    "Negeri",
    "Negeri Administratif",
    "Ohoi",
    "Pekon",
    "Tiyuh",
    "Wanua",
]

CLEAN = """
WITH known AS (SELECT unnest(ARRAY[
    'Desa', 'Desa Adat', 'Dusun', 'Finua', 'Gampong', 'Kalurahan', 'Kampong', 'Kampung',
    'Kampung Adat', 'Kelurahan', 'Kepenghuluan', 'Kute', 'Lembang', 'Nagari', 'Nagori', 'Negeri',
    'Negeri Administratif', 'Ohoi', 'Pekon', 'Tiyuh', 'Wanua'
]) AS term)
UPDATE villages_village AS village SET local_term = coalesce(
    (SELECT term FROM known
     WHERE lower(term) = lower(btrim(regexp_replace(village.local_term, '\\s+', ' ', 'g')))),
    CASE
        WHEN region.kind = 'kelurahan' THEN 'Kelurahan'
        WHEN region.code LIKE '11.02.%' THEN 'Kute'
        WHEN region.code ~ '^11[.](04|16|17)[.]' THEN 'Kampung'
        WHEN region.code LIKE '11.%' THEN 'Gampong'
        WHEN region.code ~ '^13[.](09|73|77)[.]' THEN 'Desa'
        WHEN region.code LIKE '13.%' THEN 'Nagari'
        WHEN region.code LIKE '34.%' THEN 'Kalurahan'
        WHEN region.code ~ '^9[1-6][.]' THEN 'Kampung'
        ELSE 'Desa'
    END)
FROM villages_region AS region
WHERE region.id = village.region_id AND village.local_term NOT IN (SELECT term FROM known);
"""

FORWARD = """
CREATE FUNCTION village_term_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM villages_designation
        WHERE village_id = NEW.id AND (
            status = 'submitted'
            OR status = 'approved' AND decided_as_id IS NOT NULL AND certificate_id IS NULL
        )
    ) THEN
        RAISE EXCEPTION 'what the head reads is what is printed'
            USING ERRCODE = '23514', CONSTRAINT = 'village_term_frozen';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER village_term_frozen BEFORE UPDATE OF local_term ON villages_village
    FOR EACH ROW WHEN (NEW.local_term <> OLD.local_term) EXECUTE FUNCTION village_term_frozen();

-- The village is held when a sheet goes to the head, so that neither misses the other.
CREATE FUNCTION designation_freezes_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM villages_village WHERE id = NEW.village_id FOR SHARE;
    RETURN NEW;
END $$;
CREATE TRIGGER designation_freezes_term BEFORE UPDATE OF status ON villages_designation
    FOR EACH ROW WHEN (NEW.status = 'submitted' AND OLD.status <> 'submitted')
    EXECUTE FUNCTION designation_freezes_term();
"""
BACKWARD = """
DROP TRIGGER designation_freezes_term ON villages_designation;
DROP FUNCTION designation_freezes_term();
DROP TRIGGER village_term_frozen ON villages_village;
DROP FUNCTION village_term_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0017_certificates_of_recorded")]
    operations = [
        migrations.RunSQL(CLEAN, migrations.RunSQL.noop),
        # Rows that were just changed have events that wait; the table changes after them.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveConstraint("village", "village_has_local_term"),
        migrations.AlterField(
            model_name="village",
            name="local_term",
            field=models.CharField(
                choices=[(term, term) for term in TERMS],
                max_length=30,
                verbose_name="sebutan setempat",
            ),
        ),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
                name="village_local_term_known", condition=Q(local_term__in=TERMS)
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
