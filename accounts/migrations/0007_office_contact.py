"""How the public reaches an office: its own telephone, WhatsApp and e-mail address."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_employment"),
    ]

    operations = [
        migrations.AddField(
            model_name="office",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="surel"),
        ),
        migrations.AddField(
            model_name="office",
            name="phone",
            field=models.CharField(blank=True, max_length=30, verbose_name="telepon"),
        ),
        migrations.AddField(
            model_name="office",
            name="whatsapp",
            field=models.CharField(blank=True, max_length=20, verbose_name="nomor WhatsApp"),
        ),
        migrations.AddConstraint(
            model_name="office",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("whatsapp", ""), ("whatsapp__regex", "^\\+[0-9]{8,15}$"), _connector="OR"
                ),
                name="office_whatsapp_is_a_number",
            ),
        ),
    ]
