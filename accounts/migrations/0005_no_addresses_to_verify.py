"""No address waits to be verified: nothing here reads those rows, and one bars a second factor."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_offices"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [
        migrations.RunSQL(
            "DELETE FROM account_emailconfirmation; DELETE FROM account_emailaddress",
            migrations.RunSQL.noop,
        ),
    ]
