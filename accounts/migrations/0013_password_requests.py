"""A link to a new password is owed as a row, so that no mail server that is down loses it."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_head_confirmed")]
    operations = [
        migrations.CreateModel(
            name="PasswordRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="surel")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="diminta"
                    ),
                ),
                (
                    "due_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                ("refusals", models.PositiveSmallIntegerField(default=0, verbose_name="penolakan")),
            ],
            options={
                "verbose_name": "permintaan sandi baru",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), _negated=True),
                        name="password_request_has_address",
                    )
                ],
            },
        ),
    ]
