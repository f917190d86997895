"""An index for letters of consent that are the same file."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("villages", "0008_guidance")]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=Q(purpose="consent"), fields=["sha256"], name="document_same_letter"
            ),
        ),
    ]
