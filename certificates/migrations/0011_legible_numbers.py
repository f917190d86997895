"""A number of the register has no sign that nobody sees: what looks the same is the same.

Numbers that were kept before stay as they are: they stand on papers.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models
from django.db.models import BooleanField, F, Func, Q

UNTIDY = (
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2028\u2029\u2800\u3164\ufe00-\ufe0f\uffa0"
    "\ufff0-\ufffb\U000e0000-\U000e0fff"
    "\u0001-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]|^ | $|  "
)
COMPOSED = Func(
    F("number"), template="(%(expressions)s IS NFC NORMALIZED)", output_field=BooleanField()
)


class Migration(migrations.Migration):
    dependencies = [("certificates", "0010_skipped_numbers")]
    operations = [
        AddConstraintNotValid(
            "registerentry",
            models.CheckConstraint(
                name="register_number_legible", condition=~Q(number__regex=UNTIDY) & Q(COMPOSED)
            ),
        ),
    ]
