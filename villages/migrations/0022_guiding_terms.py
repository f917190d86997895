"""Which office guided a village when: the portal's past figures go by it."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Func, Q, Value

OVERLAPS = django.contrib.postgres.fields.ranges.RangeOperators.OVERLAPS

# By the clock and not by the transaction's beginning: what one transaction does has an order too.
TRIGGER = """
CREATE FUNCTION village_guiding_term() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE moment timestamptz := clock_timestamp();
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO villages_guidingterm (village_id, office_id) VALUES (NEW.id, NEW.office_id);
    ELSIF EXISTS (
        SELECT 1 FROM villages_guidingterm WHERE village_id = NEW.id AND until IS NOT NULL
    ) OR EXISTS (
        SELECT 1 FROM villages_designation
        WHERE village_id = NEW.id AND designated_on IS NOT NULL AND office_id <> NEW.office_id
    ) THEN
        UPDATE villages_guidingterm SET until = moment WHERE village_id = NEW.id AND until IS NULL;
        INSERT INTO villages_guidingterm (village_id, office_id, since)
        VALUES (NEW.id, NEW.office_id, moment);
    ELSE
        -- Nothing was designated under the former office: it held a draft, and guided nobody.
        UPDATE villages_guidingterm SET office_id = NEW.office_id WHERE village_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER village_guiding_term_begins AFTER INSERT ON villages_village
    FOR EACH ROW EXECUTE FUNCTION village_guiding_term();
CREATE TRIGGER village_guiding_term_changes AFTER UPDATE OF office_id ON villages_village
    FOR EACH ROW WHEN (NEW.office_id <> OLD.office_id) EXECUTE FUNCTION village_guiding_term();
"""
NO_TRIGGER = """
DROP TRIGGER village_guiding_term_changes ON villages_village;
DROP TRIGGER village_guiding_term_begins ON villages_village;
DROP FUNCTION village_guiding_term;
"""

# Every move of a village that was designated is in its history, by the codes of both offices.
# Where a code is no longer known, nobody can say who guided until then, and no term is written.
PAST = """
WITH moves AS (
    SELECT entry.subject_id AS village_id, former.id AS former_id, entry.at,
           lag(entry.at) OVER (PARTITION BY entry.subject_id ORDER BY entry.at, entry.id) AS before
    FROM audit_entry AS entry
    JOIN django_content_type AS kind ON kind.id = entry.subject_type_id
    LEFT JOIN accounts_office AS former ON former.code = entry.data ->> 'from_office'
    WHERE kind.app_label = 'villages' AND kind.model = 'village' AND entry.verb = 'village.moved'
      AND EXISTS (
          SELECT 1 FROM villages_designation AS sheet
          WHERE sheet.village_id = entry.subject_id
            AND coalesce(sheet.decided_at, sheet.recorded_at) <= entry.at
            AND sheet.designated_on IS NOT NULL
      )
)
INSERT INTO villages_guidingterm (village_id, office_id, since, until)
SELECT moves.village_id, moves.former_id, moves.before, moves.at
FROM moves JOIN villages_village AS village ON village.id = moves.village_id
WHERE moves.former_id IS NOT NULL
UNION ALL
SELECT village.id, village.office_id,
       (SELECT max(moves.at) FROM moves WHERE moves.village_id = village.id), NULL
FROM villages_village AS village;
"""


def only(field: str) -> Func:
    return Func(F(field), F(field), Value("[]"), function="int8range")


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0021_confirmed_imports"),
        ("accounts", "0011_invitation_vouched_for"),
        ("audit", "0002_append_only"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.CreateModel(
            name="GuidingTerm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(editable=False, null=True, verbose_name="sejak")),
                ("until", models.DateTimeField(editable=False, null=True, verbose_name="sampai")),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guiding_terms",
                        to="accounts.office",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="guiding_terms",
                        to="villages.village",
                    ),
                ),
            ],
            options={
                "verbose_name": "masa bina kantor",
                "ordering": [models.OrderBy(F("since"), nulls_first=True)],
                "constraints": [
                    models.CheckConstraint(
                        name="guiding_term_in_order",
                        condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        name="guiding_term_one_office_at_a_time",
                        expressions=[
                            (only("village_id"), OVERLAPS),
                            (
                                Func(F("since"), F("until"), Value("[)"), function="tstzrange"),
                                OVERLAPS,
                            ),
                        ],
                    ),
                ],
            },
        ),
        migrations.RunSQL(PAST, migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
    ]
