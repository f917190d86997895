"""Offices are opened, moved and closed by hand; the tree has its order by the database."""

import django.contrib.postgres.fields
from django.db import migrations, models

# A kind is final, and each stands only below higher kinds: so the tree can have no cycle.
# The unit above is held (FOR SHARE) until commit, so that it cannot be closed at the same time.
PROMISES = """
CREATE FUNCTION office_has_its_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above record;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.kind <> OLD.kind THEN
        RAISE EXCEPTION 'the kind of an office is final'
            USING ERRCODE = '23514', CONSTRAINT = 'office_kind_is_final';
    END IF;
    IF NEW.parent_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT kind, closed_on INTO above FROM accounts_office WHERE id = NEW.parent_id FOR SHARE;
    IF NOT (above.kind = 'directorate'
            OR above.kind = 'regional' AND NEW.kind IN ('immigration_office', 'detention_house'))
    THEN
        RAISE EXCEPTION 'an office stands below a Kanwil or the Ditjen, a Kanwil below the Ditjen'
            USING ERRCODE = '23514', CONSTRAINT = 'office_stands_in_its_place';
    END IF;
    IF above.closed_on IS NOT NULL
       AND (NEW.closed_on IS NULL OR NEW.closed_on > above.closed_on)
    THEN
        RAISE EXCEPTION 'an office stands below one that is open'
            USING ERRCODE = '23514', CONSTRAINT = 'office_below_an_open_one';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_has_its_place
    BEFORE INSERT OR UPDATE OF kind, parent_id, closed_on ON accounts_office
    FOR EACH ROW EXECUTE FUNCTION office_has_its_place();

CREATE FUNCTION office_closed_is_empty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM accounts_office
               WHERE parent_id = NEW.id AND (closed_on IS NULL OR closed_on > NEW.closed_on))
    THEN
        RAISE EXCEPTION 'units below are open'
            USING ERRCODE = '23514', CONSTRAINT = 'office_closed_has_no_units';
    END IF;
    IF EXISTS (SELECT 1 FROM accounts_membership
               WHERE office_id = NEW.id AND (ends_on IS NULL OR ends_on >= NEW.closed_on))
    THEN
        RAISE EXCEPTION 'somebody serves there'
            USING ERRCODE = '23514', CONSTRAINT = 'office_closed_has_nobody';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER office_closed_is_empty
    BEFORE UPDATE OF closed_on ON accounts_office
    FOR EACH ROW WHEN (NEW.closed_on IS NOT NULL) EXECUTE FUNCTION office_closed_is_empty();

CREATE FUNCTION membership_in_an_open_office() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE closed date;
BEGIN
    SELECT closed_on INTO closed FROM accounts_office WHERE id = NEW.office_id FOR SHARE;
    IF closed IS NOT NULL AND (NEW.ends_on IS NULL OR NEW.ends_on >= closed) THEN
        RAISE EXCEPTION 'nobody serves in a closed office'
            USING ERRCODE = '23514', CONSTRAINT = 'membership_in_an_open_office';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER membership_in_an_open_office
    BEFORE INSERT OR UPDATE OF office_id, ends_on ON accounts_membership
    FOR EACH ROW EXECUTE FUNCTION membership_in_an_open_office();
"""
FORGET = """
DROP TRIGGER membership_in_an_open_office ON accounts_membership;
DROP FUNCTION membership_in_an_open_office;
DROP TRIGGER office_closed_is_empty ON accounts_office;
DROP FUNCTION office_closed_is_empty;
DROP TRIGGER office_has_its_place ON accounts_office;
DROP FUNCTION office_has_its_place;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="office",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="ditutup sejak"),
        ),
        migrations.AddField(
            model_name="office",
            name="settled",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "directorate")),
                fields=("kind",),
                name="office_one_directorate",
            ),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on", None),
                    models.Q(("kind", "directorate"), _negated=True),
                    _connector="OR",
                ),
                name="office_directorate_stays_open",
            ),
        ),
        migrations.RunSQL(PROMISES, FORGET),
    ]
