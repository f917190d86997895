"""In whose capacity a sheet was decided: the role itself, which then is never struck out."""

import django.db.models.deletion
from django.db import migrations, models

DECIDED = ["rejected", "approved", "revoked", "ended"]

# Earlier decisions: the head's role on that day, and if it has changed since, one that they held.
FORWARD = """
UPDATE villages_designation AS sheet SET decided_as_id = (
    SELECT role.id FROM accounts_membership AS role
    WHERE role.user_id = sheet.decided_by_id
      AND role.office_id = sheet.office_id
      AND role.role = 'head'
    ORDER BY
        sheet.decided_at::date BETWEEN role.starts_on AND coalesce(role.ends_on, 'infinity') DESC,
        role.acting_kind, role.id
    LIMIT 1
) WHERE decided_by_id IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people_and_offices"),
        ("villages", "0003_criteria"),
    ]
    operations = [
        migrations.AddField(
            model_name="designation",
            name="decided_as",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
                verbose_name="diputuskan selaku",
            ),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="designation",
            constraint=models.CheckConstraint(
                name="designation_decided_in_a_capacity",
                condition=models.Q(status__in=DECIDED, decided_as__isnull=False)
                | ~models.Q(status__in=DECIDED) & models.Q(decided_as=None),
            ),
        ),
        migrations.AddConstraint(
            model_name="designation",
            constraint=models.CheckConstraint(
                name="designation_opener_does_not_decide",
                condition=models.Q(decided_as=None) | ~models.Q(decided_by=models.F("created_by")),
            ),
        ),
    ]
