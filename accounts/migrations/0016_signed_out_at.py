"""When all sessions of a person were last ended: those from before open nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_first_head")]
    operations = [
        migrations.AddField(
            model_name="user",
            name="signed_out_at",
            field=models.DateTimeField(
                editable=False, null=True, verbose_name="terakhir dikeluarkan"
            ),
        ),
    ]
