"""Every deed of one kind, without reading the whole history: how often sheets were returned."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                fields=["verb", "subject_type", "subject_id"], name="audit_entry_verb"
            ),
        ),
    ]
