"""An account remembers when its owner first had a password of their own choice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_no_addresses_to_verify")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="opened_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="pertama dibuka"),
        ),
    ]
