"""How many villages lie in a region: counted where the list changes, not for each recap."""

from django.db import migrations, models

# Counted anew whenever desa or kelurahan come, go, or change their code. No nested loops: after an
# import that was rolled back the table passes for empty (`villages.regions`).
FORWARD = """
CREATE FUNCTION region_count_villages() RETURNS trigger LANGUAGE plpgsql
SET enable_nestloop = off AS $$
BEGIN
    IF pg_trigger_depth() > 1 OR NOT EXISTS (SELECT 1 FROM changed WHERE level = 4) THEN
        RETURN NULL;
    END IF;
    WITH counted AS (
        SELECT code, count(*) AS number FROM (
            SELECT unnest(ARRAY[left(code, 2), left(code, 5), left(code, 8)]) COLLATE "C" AS code
            FROM villages_region WHERE level = 4 AND retired_on IS NULL
        ) AS around GROUP BY code
    )
    UPDATE villages_region AS region SET village_count = coalesce(counted.number, 0)
    FROM villages_region AS same LEFT JOIN counted ON counted.code = same.code
    WHERE same.id = region.id AND same.level < 4
        AND region.village_count <> coalesce(counted.number, 0);
    RETURN NULL;
END $$;
CREATE TRIGGER region_count_villages_come AFTER INSERT ON villages_region
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION region_count_villages();
CREATE TRIGGER region_count_villages_change AFTER UPDATE ON villages_region
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION region_count_villages();
CREATE TRIGGER region_count_villages_go AFTER DELETE ON villages_region
    REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION region_count_villages();

-- Of what is there already: every village is written as it stands.
UPDATE villages_region SET retired_on = retired_on WHERE level = 4;
"""
BACKWARD = """
DROP TRIGGER region_count_villages_come ON villages_region;
DROP TRIGGER region_count_villages_change ON villages_region;
DROP TRIGGER region_count_villages_go ON villages_region;
DROP FUNCTION region_count_villages();
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0009_same_letter")]

    operations = [
        migrations.AddField(
            model_name="region",
            name="village_count",
            field=models.PositiveIntegerField(db_default=0, editable=False),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
