"""Whom a surat tugas sends stays with it, also where the assignment is struck out."""

from django.db import migrations, models

FORWARD = """
INSERT INTO villages_assignmentletter_officers (assignmentletter_id, officer_id)
    SELECT DISTINCT sent.assignmentletter_id, assignment.officer_id
    FROM villages_assignmentletter_assignments AS sent
    JOIN villages_assignment AS assignment ON assignment.id = sent.assignment_id;
"""


class Migration(migrations.Migration):
    dependencies = [("villages", "0033_officer_problem")]
    operations = [
        migrations.AddField(
            model_name="assignmentletter",
            name="officers",
            field=models.ManyToManyField(related_name="+", to="villages.officer"),
        ),
        migrations.RunSQL(FORWARD, migrations.RunSQL.noop),
    ]
