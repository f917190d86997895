"""When an administrator last reset a person's password or second factor: it ends their grace."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0009_offices_open_and_close")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="reset_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="terakhir diatur ulang"
            ),
        ),
    ]
